package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.WeightDistribution;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/** Reads an epoch's line of a run's history. */
final class HistoryLine {
  private static final int MOST_EPOCHS = 100_000;
  private static final int LONGEST_NAME = 1000;

  private static final List<String> ROLES =
      List.of(ParameterRole.values()).stream().map(Enum::name).toList();

  private HistoryLine() {}

  /**
   * Reads a line.
   *
   * @param number the epoch that it should be of
   * @throws JsonFieldException if a field is not what a run writes
   */
  static EpochCompleted read(JsonNode line, int number) throws JsonFieldException {
    JsonFields fields = JsonFields.of(line);
    int epoch = fields.integer("epoch", number, number);
    int epochs = fields.integer("epochs", epoch, MOST_EPOCHS);
    boolean validated = fields.has("validation");
    String test = validated ? "validation" : "test";
    String latent = validated ? "latentValidation" : "latentTest";
    List<LayerStatistics> layers = new ArrayList<>();
    for (JsonFields layer : fields.objects("layers")) {
      layers.add(layer(layer));
    }
    return new EpochCompleted(
        epoch,
        epochs,
        fields.wholeNumber("step", 1, CheckpointStore.MAX_STEP),
        fields.real("learningRate", 0, Double.MAX_VALUE),
        evaluation(fields.object("train")),
        validated,
        evaluation(fields.object(test)),
        fields.isNull(latent) ? null : evaluation(fields.object(latent)),
        fields.flag("best"),
        fields.real("seconds", 0, Double.MAX_VALUE),
        layers);
  }

  static Evaluation evaluation(JsonFields fields) throws JsonFieldException {
    return new Evaluation(
        fields.measured("loss"),
        fields.real("error", 0, 1),
        fields.wholeNumber("images", 1, Long.MAX_VALUE));
  }

  private static LayerStatistics layer(JsonFields fields) throws JsonFieldException {
    @Nullable Double changedInFive = null;
    if (!fields.isNull("changedInFiveEpochs")) {
      changedInFive = fields.real("changedInFiveEpochs", 0, 1);
    }
    return new LayerStatistics(
        fields.text("parameter", LONGEST_NAME),
        ParameterRole.valueOf(fields.word("role", ROLES)),
        fields.flag("quantized"),
        // Early histories lack it; readers know 0.
        fields.has("weights") ? fields.wholeNumber("weights", 0, Long.MAX_VALUE) : 0,
        fields.real("changedSinceStart", 0, 1),
        changedInFive,
        fields.measured("quantizationError"),
        fields.measured("latentGap"),
        fields.wholeNumber("moves", 0, Long.MAX_VALUE),
        fields.has("distribution") && !fields.isNull("distribution")
            ? distribution(fields.object("distribution"))
            : null);
  }

  private static WeightDistribution distribution(JsonFields fields) throws JsonFieldException {
    List<WeightDistribution.Value> values = new ArrayList<>();
    for (JsonFields value : fields.objects("values")) {
      values.add(
          new WeightDistribution.Value(
              value.measured("value"), value.wholeNumber("count", 0, Long.MAX_VALUE)));
    }
    return new WeightDistribution(
        fields.measured("from"), fields.measured("to"), fields.counts("counts"), values);
  }
}
