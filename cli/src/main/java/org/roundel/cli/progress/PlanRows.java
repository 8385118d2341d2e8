package org.roundel.cli.progress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.RunStarted;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Texts;

/** What a run is about to do, in rows of a label and a text. */
final class PlanRows {
  /** Where what stands behind a label begins. */
  static final int INDENT = 12;

  private PlanRows() {}

  /** Returns what is trained on what. */
  static String title(RunConfiguration run) {
    return run.get(RunSettings.MODEL) + " on " + run.get(RunSettings.DATASET);
  }

  /** Returns a row as it is printed. */
  static String row(String label, String text) {
    return "  " + label + " ".repeat(Math.max(1, INDENT - 2 - label.length())) + text;
  }

  /** Returns a row whose words are broken into lines of a width. */
  static List<String> rows(String label, String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : Paragraph.wrap(text, width - INDENT)) {
      lines.add(row(lines.isEmpty() ? label : "", line));
    }
    return lines;
  }

  /** Returns the net, its data and the plan, by label. */
  static Map<String, String> of(RunStarted event) {
    RunConfiguration run = event.configuration();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("net", Texts.count(event.parameters()) + " parameters" + quantization(event));
    rows.put(
        "data",
        String.format(
            Locale.ROOT,
            "%s training and %s, batches of %s",
            Texts.count(event.trainImages()),
            Texts.of(event.testImages(), "test image"),
            run.get(RunSettings.BATCH_SIZE)));
    rows.put(
        "plan",
        String.format(
            Locale.ROOT,
            "%s of %s, %s, rate %s %s, seed %s",
            Texts.of(run.get(RunSettings.EPOCHS), "epoch"),
            Texts.of(event.stepsPerEpoch(), "update"),
            run.get(RunSettings.OPTIMIZER),
            Texts.rate(run.get(RunSettings.LEARNING_RATE)),
            run.get(RunSettings.SCHEDULE),
            run.get(RunSettings.SEED)));
    return rows;
  }

  private static String quantization(RunStarted event) {
    RunConfiguration run = event.configuration();
    if (event.quantizedParameters() == 0) {
      return ", none quantized";
    }
    return String.format(
        Locale.ROOT,
        ", %s quantized by %s (%s)",
        Texts.count(event.quantizedParameters()),
        run.get(RunSettings.QUANTIZER),
        run.get(RunSettings.QUANTIZE));
  }

  /** Returns a path as the user can type it here. */
  static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : absolute;
  }
}
