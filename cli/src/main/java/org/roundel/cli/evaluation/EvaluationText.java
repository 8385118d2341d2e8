package org.roundel.cli.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.event.ClassResults;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** An evaluation in lines of at most 80 characters. */
public final class EvaluationText {
  private static final String INDENT = "  ";

  private EvaluationText() {}

  /** Returns the lines. */
  public static List<String> lines(NetEvaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(evaluation.heading());
    add(lines, table(evaluation.tests()).lines());
    ClassResults classes = evaluation.shipped().classes();
    if (classes.topFiveError().isEmpty()) {
      lines.add(
          INDENT
              + "There is no top-5 error: there are only "
              + classes.classNames().size()
              + " classes.");
    }
    long unclassified = classes.confusion().unclassified();
    if (unclassified > 0) {
      lines.add(
          INDENT
              + Texts.of(unclassified, "image")
              + (unclassified == 1 ? " has" : " have")
              + " no class: the scores are not numbers.");
    }
    lines.add("");
    ConfusionText confusion = ConfusionText.of(classes, Terminal.DEFAULT_COLUMNS - INDENT.length());
    lines.addAll(confusion.lines(INDENT));
    return lines;
  }

  private static void add(List<String> lines, List<String> more) {
    more.forEach(line -> lines.add(INDENT + line));
  }

  /** Returns a row for each kind of weights. */
  private static Table<Map.Entry<String, TestScores>> table(Map<String, TestScores> tests) {
    boolean withLoss =
        tests.values().stream().noneMatch(test -> Double.isNaN(test.evaluation().loss()));
    boolean withTopFive =
        tests.values().stream().allMatch(test -> test.classes().topFiveError().isPresent());
    List<Column<Map.Entry<String, TestScores>>> columns = new ArrayList<>();
    columns.add(Column.terminal("weights", Map.Entry::getKey));
    columns.add(
        Column.terminal("test error", test -> Texts.percent(test.getValue().evaluation().error())));
    if (withTopFive) {
      columns.add(
          Column.terminal(
              "top-5 error",
              test -> Texts.percent(test.getValue().classes().topFiveError().orElseThrow())));
    }
    if (withLoss) {
      columns.add(Column.terminal("loss", test -> Texts.loss(test.getValue().evaluation().loss())));
    }
    columns.add(
        Column.terminal("images", test -> Texts.count(test.getValue().evaluation().images())));
    return new Table<>(columns, tests.entrySet());
  }
}
