package org.roundel.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;
import org.roundel.sweep.cell.Cell;

/** What sweep files come to, against lists written by hand, and every mistake in them. */
class SweepPlanTest {
  private static final String BASE =
      """
      base:
        model: softmax
        dataset: blobs
        quantizer: full
        optimizer: momentum
        schedule: constant
        epochs: 2
      """;

  @TempDir Path directory;

  private final PluginRegistry registry = PluginRegistry.of(new TestingPlugin());

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("sweep.yaml"), text);
  }

  private List<Cell> cells(String text) throws IOException {
    return SweepPlan.read(
        file(text),
        registry,
        name -> {
          if (!name.equals("blobs-2")) {
            throw new RoundelException(
                ErrorKind.CONFIGURATION, "there is no recipe '" + name + "'");
          }
          return Map.of(
              "model",
              "softmax",
              "dataset",
              "blobs",
              "optimizer",
              "momentum",
              "epochs",
              "7",
              "quantizer",
              "full",
              "schedule",
              "constant");
        });
  }

  private List<String> names(String text) throws IOException {
    return cells(text).stream().map(Cell::name).toList();
  }

  private void refuses(String text, String message) throws IOException {
    assertThatThrownBy(() -> cells(text))
        .isInstanceOf(RoundelException.class)
        .hasMessage(message.replace("FILE", directory.resolve("sweep.yaml").toString()));
  }

  @Test
  void aGridIsEveryCombinationAndSeedsChangeFastest() throws IOException {
    List<Cell> cells =
        cells(
            BASE
                + """
                grid:
                  quantizer: [full, latent-sign]
                  learning-rate: [0.1, 1e-2]
                seeds: 1..2
                """);
    assertThat(cells.stream().map(Cell::name))
        .containsExactly(
            "full-learning-rate-0.1-seed-1",
            "full-learning-rate-0.1-seed-2",
            "full-learning-rate-1e-2-seed-1",
            "full-learning-rate-1e-2-seed-2",
            "latent-sign-learning-rate-0.1-seed-1",
            "latent-sign-learning-rate-0.1-seed-2",
            "latent-sign-learning-rate-1e-2-seed-1",
            "latent-sign-learning-rate-1e-2-seed-2");
    assertThat(cells.get(5).configuration().resolved())
        .containsEntry("model", "softmax")
        .containsEntry("quantizer", "latent-sign")
        .containsEntry("learning-rate", "0.1")
        .containsEntry("seed", "2")
        .containsEntry("epochs", "2");
  }

  @Test
  void eachOfAListIsJoinedWithTheGrid() throws IOException {
    assertThat(
            names(
                BASE
                    + """
                    list:
                      - {quantizer: full}
                      - quantizer: latent-sign
                        epochs: 5
                    grid:
                      batch-size: [8, 16]
                    """))
        .containsExactly(
            "full-epochs-2-batch-size-8",
            "full-epochs-2-batch-size-16",
            "latent-sign-epochs-5-batch-size-8",
            "latent-sign-epochs-5-batch-size-16");
  }

  @Test
  void whatIsExcludedIsNoCellByNumberOrDefaultToo() throws IOException {
    assertThat(
            names(
                BASE
                    + """
                    grid:
                      quantizer: [full, latent-sign]
                      learning-rate: [0.1, 0.01]
                    exclude:
                      - {quantizer: full, learning-rate: 1e-1, seed: 1}
                      - {quantizer: latent-sign, learning-rate: 0.01}
                    """))
        .containsExactly("full-learning-rate-0.01", "latent-sign-learning-rate-0.1");
  }

  @Test
  void onlySeedsOnlyABaseAListOfSeeds() throws IOException {
    assertThat(names(BASE + "seeds: [3, 1]\n")).containsExactly("seed-3", "seed-1");
    assertThat(names(BASE)).containsExactly("softmax-full");
    assertThat(names(BASE + "seeds: 7 .. 9\n")).containsExactly("seed-7", "seed-8", "seed-9");
  }

  @Test
  void theBaseMayBeARecipeOrAFileBesideTheSweep() throws IOException {
    assertThat(cells("base: blobs-2\nseeds: 1..2\n"))
        .allSatisfy(
            cell -> assertThat(cell.configuration().resolved()).containsEntry("epochs", "7"));
    Files.writeString(
        directory.resolve("run.yaml"), BASE.substring(6).replaceAll("(?m)^  ", "") + "seed: 5\n");
    assertThat(cells("base: run.yaml\ngrid: {epochs: [3, 4]}\n"))
        .extracting(Cell::name)
        .containsExactly("epochs-3", "epochs-4");
    refuses("base: blobs-3\n", "FILE line 1: base: there is no recipe 'blobs-3'");
  }

  @Test
  void aTemplateNamesCellsByItsSettings() throws IOException {
    assertThat(
            names(
                BASE
                    + """
                    grid: {quantizer: [full, latent-sign]}
                    seeds: 1..2
                    name: 'x-{quantizer}.{seed}-b{batch-size}'
                    """))
        .containsExactly(
            "x-full.1-b32", "x-full.2-b32", "x-latent-sign.1-b32", "x-latent-sign.2-b32");
  }

  @Test
  void namesHaveNothingThatAPathMayNotHave() throws IOException {
    assertThat(names(BASE + "grid: {quantize: [conv, 'Layer*/W_1']}\n"))
        .containsExactly("quantize-conv", "quantize-layer-w-1");
  }

  @Test
  void cellsOfOneNameAreRefusedWithBoth() throws IOException {
    refuses(
        BASE + "grid: {epochs: [2, 3]}\nname: '{quantizer}'\n",
        "FILE: two cells have the name full: epochs is 2 in one and 3 in another; give them other"
            + " names");
    refuses(
        BASE + "list: [{epochs: 3}, {epochs: 3}]\n",
        "FILE: two cells are the same: softmax-full; take one of them out");
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsLine() throws IOException {
    refuses(
        """
        base:
          modle: softmax
          epochs: many
        gird:
          quantizer: [full]
        grid:
          quantizer: full
          learning-rate: [0.1, -1]
          batch-size: [8, 8]
          seed: [1, 2]
        list:
          - full
        seeds: three
        exclude:
          - {}
        name: 'A {epoch}'
        """,
        """
        the sweep file has 11 problems:
          1) FILE line 2: unknown key 'modle'; did you mean 'model'?
          2) FILE line 3: epochs: 'many' is not a whole number that fits 32 bits; allowed: integer [1, 100000]
          3) FILE line 4: unknown key 'gird'; did you mean 'grid'?
          4) FILE line 7: grid: 'quantizer' needs a list of values, as in [a, b]; what has one value belongs in base
          5) FILE line 8: learning-rate: '-1' is out of range; allowed: real (0, 1000]
          6) FILE line 9: grid: 'batch-size' has '8' twice
          7) FILE line 12: an element of list is no map; write it as 'quantizer: none', one setting a line
          8) FILE line 13: seeds is 'three'; allowed: a list as in [1, 2, 3], or 1..3
          9) FILE line 15: exclude: {} would exclude every cell; give a setting
          10) FILE line 16: unknown key 'epoch'; did you mean 'epochs'?
          11) FILE line 16: name is 'A {epoch}'; allowed: settings in braces, lower-case letters, digits, dots and hyphens"""
            .stripIndent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grid: 3                    | line 8: grid is no map; write it as 'quantizer: [none, binary-connect]' below it
          grid: {epochs: []}         | line 8: grid: 'epochs' needs a list of values, as in [a, b]; what has one value belongs in base
          grid: {epochs: [{a: 1}]}   | line 8: 'epochs' is neither a text or number nor a list of such
          list: []                   | line 8: list is no list of maps; write each as '- {quantizer: none, epochs: 2}'
          list: x                    | line 8: list is no list of maps; write each as '- {quantizer: none, epochs: 2}'
          list: [{epoch: 2}]         | line 8: unknown key 'epoch'; did you mean 'epochs'?
          seeds: 3                   | line 8: seeds is '3'; allowed: a list as in [1, 2, 3], or 1..3
          seeds: {a: 1}              | line 8: seeds is no list of numbers; allowed: a list as in [1, 2, 3], or 1..3
          seeds: [1, 1]              | line 8: seeds has 1 twice
          seeds: [[1]]               | line 8: seeds has an element that is no number; allowed: a list as in [1, 2, 3], or 1..3
          seeds: 3..1                | line 8: seeds is 3..1; allowed: a range from the lower to the higher number, of at most 10000
          seeds: 1..99999            | line 8: seeds is 1..99999; allowed: a range from the lower to the higher number, of at most 10000
          exclude: [{epochs: 3}]     | line 8: exclude: no cell has all of epochs: 3
          exclude: [{epochs: 2}]     | : nothing is left to train: every cell is excluded
          name: [a]                  | line 8: name is no text; write it as '{quantizer}-{seed}', in quotes
          name: '{quantize.x}'       | line 8: unknown key 'quantize.x'; did you mean 'quantizer'?
          """)
  void everySingleMistakeIsTold(String line, String message) throws IOException {
    refuses(BASE + line + "\n", "FILE" + (message.startsWith(":") ? "" : " ") + message);
  }

  @Test
  void aSettingInTwoPlacesIsRefused() throws IOException {
    refuses(
        BASE + "grid: {epochs: [2, 3], seed: [1, 2]}\nseeds: 1..2\nlist: [{epochs: 4}]\n",
        """
        the sweep file has 2 problems:
          1) FILE line 9: 'seed' stands in grid and in seeds; choose one
          2) FILE line 10: 'epochs' stands in grid and in list; choose one""");
  }

  @Test
  void whatComponentsSayOfTheirOptionsIsToldWithTheCells() throws IOException {
    assertThatThrownBy(() -> cells(BASE + "grid: {quantizer: [full, latent-sing]}\nseeds: 1..5\n"))
        .hasMessageStartingWith(
            directory.resolve("sweep.yaml")
                + ": cells latent-sing-seed-1, latent-sing-seed-2, latent-sing-seed-3 and 2 more: ")
        .hasMessageContaining("did you mean 'latent-sign'?");
    assertThatThrownBy(() -> cells(BASE + "list: [{model.no-such: 1}, {optimizer.momentum: x}]\n"))
        .hasMessageContainingAll("the sweep file has 2 problems:", "no-such", "optimizer.momentum");
  }

  @Test
  void moreCellsThanAnybodyTrainsAreRefusedBeforeTheyAreMade() throws IOException {
    refuses(
        BASE + "grid: {epochs: [1, 2, 3], batch-size: [1, 2, 3, 4]}\nseeds: 1..10000\n",
        "FILE: it comes to 120,000 cells, before any is excluded; allowed: at most 10,000; split it");
    refuses(
        BASE + "list: [{epochs: 1}, {epochs: 2}]\nseeds: 1..10000\n",
        "FILE: it comes to 20,000 cells, before any is excluded; allowed: at most 10,000; split it");
  }

  @Test
  void aFileThatIsNoneIsToldAsForConfigurations() throws IOException {
    refuses(
        "base: {a: 1\n",
        "FILE line 1, column 7: expected ',' or '}', but got <stream end>."
            + " Text with characters that mean something to YAML stands in quotes, as in quantize:"
            + " '*weight'");
    assertThatThrownBy(
            () -> SweepPlan.read(directory.resolve("none.yaml"), registry, n -> Map.of()))
        .hasMessage("there is no file " + directory.resolve("none.yaml") + "; check the path");
  }
}
