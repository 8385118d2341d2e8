package org.roundel.sweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.RunStarted;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.WorkProgress;

class CellProgressTest {
  /** Thirty runs on data that are not the published ones are one note, not thirty. */
  @Test
  void tellsWhatManyRunsHaveInCommonOnce() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    CellProgress progress = new CellProgress(new WorkProgress(StatusLine.none()), List.of(), out);
    progress.runStarted(started("these are digits"));
    progress.runStarted(started("these are digits", "another machine"));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("note: these are digits", "note: another machine");
  }

  private static RunStarted started(String... notices) {
    return new RunStarted(
        Path.of("runs", "x"),
        "1.2.3",
        RunConfiguration.of(Map.of()),
        10,
        5,
        List.of("conv1"),
        4,
        4,
        1,
        0,
        BestError.NONE,
        List.of(),
        List.of(notices));
  }
}
