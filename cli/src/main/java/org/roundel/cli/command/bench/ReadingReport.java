package org.roundel.cli.command.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.cli.benchmark.ReadingSpeed;
import org.roundel.cli.benchmark.ReadingSpeed.OnThreads;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** Writes how fast images are read as lines of text. */
final class ReadingReport {
  private static final Table<OnThreads> TABLE =
      new Table<>(
          List.of(
              Column.numbersOnTerminal("threads", speed -> Integer.toString(speed.threads())),
              Column.numbersOnTerminal("images/s", speed -> Texts.speed(speed.imagesPerSecond())),
              Column.numbersOnTerminal(
                  "processor ms an image",
                  speed -> String.format(Locale.ROOT, "%.3f", speed.processorSeconds() * 1e3))),
          List.of());

  private ReadingReport() {}

  static List<String> lines(ReadingSpeed speed) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "reading training images, and nothing else: "
            + (speed.batches() == 1 ? "1 batch" : Texts.count(speed.batches()) + " batches"));
    TABLE.with(speed.byThreads()).lines().forEach(line -> lines.add("  " + line));
    return lines;
  }
}
