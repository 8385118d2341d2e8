package org.roundel.cli.runreport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.record.RunRecord;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** What happened to the weights of each layer until the last epoch. */
final class LayerRows {
  private LayerRows() {}

  static Table<LayerStatistics> of(RunRecord record) {
    List<LayerStatistics> layers = Objects.requireNonNull(record.last()).layers();
    List<Column<LayerStatistics>> columns = new ArrayList<>();
    columns.add(Column.page("layer", LayerStatistics::parameter));
    columns.add(Column.page("quantized", layer -> layer.quantized() ? "yes" : "no"));
    columns.add(
        Column.page("weights", layer -> layer.weights() == 0 ? "–" : Texts.count(layer.weights())));
    columns.add(
        Column.page("changed since start", layer -> Texts.percent(layer.changedSinceStart())));
    columns.add(Column.page("in five epochs", LayerRows::inFiveEpochs));
    columns.add(Column.page("moves", layer -> Texts.count(layer.moves())));
    columns.add(Column.page("quantization error", layer -> number(layer.quantizationError())));
    if (layers.stream().anyMatch(layer -> layer.latentGap() > 0)) {
      columns.add(Column.page("latent gap", layer -> number(layer.latentGap())));
    }
    return new Table<>(columns, layers);
  }

  private static String inFiveEpochs(LayerStatistics layer) {
    Double changed = layer.changedInFiveEpochs();
    return changed == null ? "–" : Texts.percent(changed);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "–";
  }
}
