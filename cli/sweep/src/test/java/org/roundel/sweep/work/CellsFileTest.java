package org.roundel.sweep.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Leases;

/** The cells that were written are those that are read, or nobody trains anything. */
class CellsFileTest {
  private static final String REFUSED = "it is a link, or of a kind that no run writes";

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsRead() {
    SweepDirectory sweep = SweepDirectory.at(directory.resolve("a/b"));
    assertThat(sweep.cells()).isEmpty();
    List<Cell> cells =
        List.of(
            new Cell(
                "one",
                RunConfiguration.of(
                    Map.of("seed", "7", "schedule.milestones", "1,2", "data-dir", "x"))),
            new Cell("two", RunConfiguration.of(Map.of())));
    sweep.grow(cells, true, "text");
    List<Cell> read = SweepDirectory.open(directory.resolve("a/b")).cells();
    assertThat(read).extracting(Cell::name).containsExactly("one", "two");
    assertThat(read.get(0).configuration().resolved())
        .isEqualTo(cells.get(0).configuration().resolved());
    assertThat(directory.resolve("a/b/sweep.yaml")).hasContent("text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"format": 1, "cells": [                             | is damaged: it is no JSON
          {}                                                   | is damaged: it has no format
          {"format": 2, "cells": []}                           | has format 2, and this version reads 1;
          {"format": 1, "cells": []}                           | is damaged: it has no cells
          {"format": 1, "cells": [{"name": "../x"}]}           | is damaged: cell name '../x' is no name of one
          {"format": 1, "cells": [{"name": "a"}, {"name": "a"}]} | is damaged: it has the cell a twice
          {"format": 1, "cells": [{"name": "a", "settings": {"epochs": "x"}}]} | is damaged: cell a: epochs: 'x'
          """)
  void whatIsDamagedIsRefused(String text, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("cells.json"), text);
    assertThatThrownBy(() -> SweepDirectory.open(directory).cells())
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(file + " " + message);
  }

  @Test
  void aDirectoryWithoutASweepIsTold() {
    assertThatThrownBy(() -> SweepDirectory.open(directory))
        .hasMessage(
            directory
                + " holds no sweep: it has no cells.json. Name a directory that 'roundel sweep'"
                + " has made.");
    assertThatThrownBy(() -> SweepDirectory.open(directory.resolve("x")))
        .hasMessage("there is no directory " + directory.resolve("x") + ". Check the path.");
  }

  /** Kept from the day that the format was made. */
  @Test
  void readsTheFirstFormat() {
    List<Cell> cells = CellsFile.read(Path.of("src/test/resources/formats/cells-1.json"));
    assertThat(cells).extracting(Cell::name).containsExactly("none-1", "ternary-1");
    assertThat(cells.get(1).configuration().text("quantizer.threshold")).isEqualTo("0.7");
  }

  /** A directory may have come from a stranger. */
  @Test
  void noLinkIsFollowedAndNoPipeWaitedFor() throws Exception {
    Cell cell = new Cell("one", RunConfiguration.of(Map.of()));
    SweepDirectory sweep = SweepDirectory.at(directory.resolve("sweep"));
    sweep.grow(List.of(cell), true, "text");
    Path secret = Files.writeString(directory.resolve("secret.json"), "{\"message\": \"secret\"}");
    Files.createDirectories(sweep.outcome(cell).getParent());
    Files.createSymbolicLink(sweep.outcome(cell), secret);
    assertThatThrownBy(() -> sweep.fault(cell)).hasMessageContaining(REFUSED);

    Path leases = Files.createDirectories(sweep.leases().resolve("one"));
    Process made = new ProcessBuilder("mkfifo", leases.resolve("1").toString()).start();
    assertThat(made.waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(Leases.holder(sweep.leases(), "one")).isNull());

    Path cells = directory.resolve("sweep/cells.json");
    Files.move(cells, directory.resolve("far.json"));
    Files.createSymbolicLink(cells, directory.resolve("far.json"));
    assertThatThrownBy(sweep::cells).hasMessageContaining(cells + ": " + REFUSED);
  }
}
