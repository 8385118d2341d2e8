package org.roundel.cli.runreport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.compare.Images;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.record.RunRecord;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** What came out of a run, on a few lines. */
final class Facts {
  private Facts() {}

  /**
   * Returns a row for each.
   *
   * @param record has an epoch at least
   */
  static Table<Map.Entry<String, String>> of(
      RunRecord record, EndOfRun end, @Nullable ScoredEpoch scored) {
    RunConfiguration configuration = record.configuration();
    EpochCompleted last = Objects.requireNonNull(record.last());
    EpochCompleted best = Objects.requireNonNull(record.best());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("net and data", RunReport.subject(record));
    facts.put(
        "quantizer",
        configuration.get(RunSettings.QUANTIZER) + ", " + configuration.get(RunSettings.QUANTIZE));
    facts.put("seed", configuration.get(RunSettings.SEED).toString());
    facts.put(
        "state",
        end.state()
            + ", "
            + last.epoch()
            + " of "
            + Texts.of(configuration.get(RunSettings.EPOCHS), "epoch"));
    if (record.test() != null) {
      facts.put(
          "test error",
          Texts.percent(record.test().test().error())
              + " of the best checkpoint, of epoch "
              + record.test().epoch());
    }
    Images images = record.isValidated() ? Images.VALIDATION : Images.TEST;
    facts.put(
        "last " + images + " error",
        Texts.percent(last.test().error()) + " after epoch " + last.epoch());
    facts.put(
        "best " + images + " error",
        Texts.percent(best.test().error()) + " after epoch " + best.epoch());
    if (last.latentTest() != null) {
      facts.put("latent " + images + " error", Texts.percent(last.latentTest().error()));
    }
    if (scored != null && scored.classes().topFiveError().isPresent()) {
      facts.put(
          "top-5 " + scored.images() + " error",
          Texts.percent(scored.classes().topFiveError().getAsDouble()) + " " + scored.when());
    }
    facts.put(images + " loss", Texts.loss(last.test().loss()));
    facts.put("updates", Texts.count(last.step()));
    double seconds = record.epochs().stream().mapToDouble(EpochCompleted::seconds).sum();
    facts.put("time of updates", Texts.duration(seconds));
    facts.put("images per second", Texts.speed(last.imagesPerSecond()));
    long quantized =
        last.layers().stream()
            .filter(LayerStatistics::quantized)
            .mapToLong(LayerStatistics::weights)
            .sum();
    facts.put("quantized weights", Texts.count(quantized));
    return RunReport.pairs("result", facts);
  }
}
