package org.roundel.cli.runreport;

import java.util.ArrayList;
import java.util.List;
import org.roundel.cli.compare.Images;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** A run's epochs in a table. */
final class EpochRows {
  /** More would make a page of many sheets; the history has all. */
  private static final int MOST = 60;

  private EpochRows() {}

  /** Returns every epoch of a short run; of a long one every second, third and so on. */
  static List<EpochCompleted> shown(RunRecord record) {
    List<EpochCompleted> epochs = record.epochs();
    int stride = (epochs.size() + MOST - 1) / MOST;
    EpochCompleted best = record.best();
    List<EpochCompleted> shown = new ArrayList<>();
    for (EpochCompleted epoch : epochs) {
      // Counted from the end, so that the last one is among them.
      boolean due = (epochs.size() - epoch.epoch()) % stride == 0;
      if (due || epoch.equals(best)) {
        shown.add(epoch);
      }
    }
    return shown;
  }

  static Table<EpochCompleted> of(RunRecord record) {
    Images images = record.isValidated() ? Images.VALIDATION : Images.TEST;
    List<Column<EpochCompleted>> columns = new ArrayList<>();
    columns.add(Column.page("epoch", epoch -> Texts.count(epoch.epoch())));
    columns.add(Column.page(images + " error", epoch -> Texts.percent(epoch.test().error())));
    if (record.epochs().stream().anyMatch(epoch -> epoch.latentTest() != null)) {
      columns.add(Column.page("latent error", EpochRows::latent));
    }
    columns.add(Column.page("train error", epoch -> Texts.percent(epoch.train().error())));
    columns.add(Column.page(images + " loss", epoch -> Texts.loss(epoch.test().loss())));
    columns.add(Column.page("train loss", epoch -> Texts.loss(epoch.train().loss())));
    columns.add(Column.page("rate", epoch -> Texts.rate(epoch.learningRate())));
    columns.add(Column.page("images/s", epoch -> Texts.speed(epoch.imagesPerSecond())));
    return new Table<>(columns, shown(record));
  }

  private static String latent(EpochCompleted epoch) {
    return epoch.latentTest() == null ? "–" : Texts.percent(epoch.latentTest().error());
  }
}
