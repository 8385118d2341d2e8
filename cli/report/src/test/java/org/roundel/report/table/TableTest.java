package org.roundel.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.report.table.PageTable.Cell;
import org.roundel.report.table.PageTable.Kind;

class TableTest {
  @TempDir private Path directory;

  private record Run(String name, double error, int epoch) {}

  /** One table, with something of its own for each of the three places. */
  private static final Table<Run> RUNS =
      new Table<>(
          List.of(
              Column.of("run", Run::name).inData("run", Run::name),
              Column.<Run>of(
                      "best error", run -> String.format(Locale.ROOT, "%.1f %%", run.error()))
                  .onTerminal("best")
                  .inData("best_error", Run::error),
              Column.page("note", run -> run.epoch() > 1 ? "late" : "1"),
              Column.terminal("at", run -> "#" + run.epoch()),
              Column.data("epoch", Run::epoch)),
          List.of(new Run("a", 12.25, 3), new Run("long", 0.1, 1)));

  @Test
  void goesToATerminal() {
    assertThat(RUNS.lines())
        .containsExactly("run   best    at", "a     12.3 %  #3", "long  0.1 %   #1");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RUNS.print(new PrintStream(out, true, StandardCharsets.UTF_8), "Runs");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .startsWith("Runs", "  run   best    at");
  }

  @Test
  void alignsNumbersOfOneUnitOnATerminal() {
    Table<Run> table =
        new Table<>(
            List.of(
                Column.numbersOnTerminal("epochs", run -> String.valueOf(run.epoch())),
                Column.numbersOnTerminal("e", run -> String.valueOf(run.error())),
                Column.terminal("run", Run::name)),
            List.of(new Run("a", 12.25, 3), new Run("b", 0.1, 10)));
    assertThat(table.lines())
        .containsExactly("epochs      e  run", "     3  12.25  a", "    10    0.1  b");
  }

  @Test
  void goesToAPageWithItsNumbersAligned() {
    PageTable page = RUNS.page();
    assertThat(page.headings())
        .containsExactly(
            new Cell("run", Kind.TEXT),
            new Cell("best error", Kind.NUMBER),
            new Cell("note", Kind.TEXT));
    assertThat(page.rows().get(1))
        .containsExactly(
            new Cell("long", Kind.TEXT), new Cell("0.1 %", Kind.NUMBER), new Cell("1", Kind.TEXT));
  }

  @Test
  void goesToAFileWithAllDigits() throws IOException {
    Path file = directory.resolve("x.csv");
    RUNS.write(file);
    assertThat(Files.readString(file)).isEqualTo("run,best_error,epoch\na,12.25,3\nlong,0.1,1\n");
  }

  @Test
  void takesOtherRows() {
    assertThat(RUNS.isEmpty()).isFalse();
    Table<Run> none = RUNS.with(List.of());
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.lines()).containsExactly("run  best  at");
  }

  @Test
  void knowsNumbersByTheirLooks() {
    assertThat(kinds("12.5 %", "-", "9 ± 1 %")).containsOnly(Kind.NUMBER);
    assertThat(kinds("1", "none")).containsOnly(Kind.TEXT);
    assertThat(kinds("-", "")).containsOnly(Kind.TEXT);
  }

  private static List<Kind> kinds(String... cells) {
    Table<String> table = new Table<>(List.of(Column.page("x", row -> row)), List.of(cells));
    return table.page().rows().stream().map(row -> row.get(0).kind()).toList();
  }

  @Test
  void marksWhatIsDifferentAndAlignsNothingThere() {
    Table<Integer> table =
        new Table<>(
            List.of(
                Column.page("first", row -> "1"),
                Column.<Integer>page("other", row -> Integer.toString(row))
                    .marking(row -> row > 1)),
            List.of(1, 2));
    assertThat(table.page().rows())
        .containsExactly(
            List.of(new Cell("1", Kind.TEXT), new Cell("1", Kind.TEXT)),
            List.of(new Cell("1", Kind.TEXT), new Cell("2", Kind.DIFFERENT)));
  }

  @Test
  void quotesWhatCommaSeparatedValuesNeed() throws IOException {
    Path file = directory.resolve("x.csv");
    List<@Nullable Object> values =
        Arrays.asList("a,b", 1e-300, "say \"x\"", Double.NaN, "two\nlines", null);
    new Table<@Nullable Object>(
            List.of(Column.data("name", row -> "n"), Column.data("value", row -> row)), values)
        .write(file);
    assertThat(Files.readString(file))
        .isEqualTo(
            "name,value\nn,\"a,b\"\nn,1.0E-300\nn,\"say \"\"x\"\"\"\nn,\nn,\"two\nlines\"\nn,\n");
  }
}
