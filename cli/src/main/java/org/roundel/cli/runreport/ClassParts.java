package org.roundel.cli.runreport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Cell;
import org.roundel.report.Report;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** Which class is taken for which, on a page: the matrix, or of many classes what stands out. */
final class ClassParts {
  /** More rows than this are no longer read as a matrix. */
  private static final int LARGEST = 20;

  private static final int SHOWN = 20;

  /** Shades leave their text readable. */
  private static final double DARKEST = 55;

  private ClassParts() {}

  static void put(Report report, ScoredEpoch scored) {
    ClassResults classes = scored.classes();
    ConfusionMatrix confusion = classes.confusion();
    report.put("scored", scored.when());
    report.put("scoredImages", Texts.of(confusion.images(), scored.images() + " image"));
    report.put("classCount", Texts.count(confusion.classes()));
    report.put("unclassified", Texts.count(confusion.unclassified()));
    if (confusion.classes() <= LARGEST) {
      report.put("matrix", matrix(classes));
      return;
    }
    report.put("worst", worst(classes));
    report.put("confused", confused(classes));
  }

  private static Map<String, Object> matrix(ClassResults classes) {
    ConfusionMatrix confusion = classes.confusion();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      List<Map<String, Object>> cells = new ArrayList<>();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        int count = confusion.count(actual, predicted);
        // By the root, so that a hundredth can be seen.
        double shade = count == 0 ? 0 : Math.sqrt((double) count / confusion.images(actual));
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("text", count == 0 ? "" : Texts.count(count));
        cell.put("shade", String.format(Locale.ROOT, "%.0f", DARKEST * shade));
        cell.put("own", predicted == actual);
        cells.add(cell);
      }
      rows.add(
          Map.of(
              "name", classes.classNames().get(actual),
              "error", error(confusion, actual),
              "cells", cells));
    }
    return Map.of("names", classes.classNames(), "rows", rows);
  }

  private static String error(ConfusionMatrix confusion, int actual) {
    return confusion.images(actual) == 0 ? "–" : Texts.percent(confusion.error(actual));
  }

  private static Table<Integer> worst(ClassResults classes) {
    ConfusionMatrix confusion = classes.confusion();
    return new Table<>(
        List.of(
            Column.page("class", actual -> classes.classNames().get(actual)),
            Column.page("error", actual -> error(confusion, actual)),
            Column.page("wrong", actual -> Texts.count(confusion.wrong(actual))),
            Column.page("images", actual -> Texts.count(confusion.images(actual)))),
        confusion.byError().stream().limit(SHOWN).toList());
  }

  private static Table<Cell> confused(ClassResults classes) {
    ConfusionMatrix confusion = classes.confusion();
    return new Table<>(
        List.of(
            Column.page("class", cell -> classes.classNames().get(cell.actual())),
            Column.page("taken for", cell -> classes.classNames().get(cell.predicted())),
            Column.page("images", cell -> Texts.count(cell.images())),
            Column.page(
                "of the class",
                cell -> Texts.percent((double) cell.images() / confusion.images(cell.actual())))),
        confusion.confusions().stream().limit(SHOWN).toList());
  }
}
