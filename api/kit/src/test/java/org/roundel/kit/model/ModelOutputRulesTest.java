package org.roundel.kit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Pass;
import org.roundel.api.model.PassTime;
import org.roundel.api.model.PassTime.KernelTime;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.TestedRules;

/** The rules on scores, layers and batches find each of these faults. */
class ModelOutputRulesTest {
  private static final String SCORES = "scores tell what evaluating counts";
  private static final String LAYERS = "layers describe the net and its parameters";
  private static final String ENGINE = "the engine is one line, always the same";
  private static final String PROFILE = "profiling leaves the parameters and the next step";

  @Test
  void findsScoresThatDoNotFitTheCount() {
    assertThat(
            violation(
                SCORES,
                request ->
                    new LinearModel(request) {
                      @Override
                      public void predict(INDArray images, INDArray scores) {
                        super.predict(images, scores);
                        scores.negi();
                      }
                    }))
        .contains("wrong images on evaluating, where scores say 0");
  }

  @Test
  void findsScoresThatDependOnTheBatch() {
    assertThat(
            violation(
                SCORES,
                request ->
                    new LinearModel(request) {
                      @Override
                      public void predict(INDArray images, INDArray scores) {
                        super.predict(images, scores);
                        scores.muli(images.size(0));
                      }
                    }))
        .contains("in a smaller batch");
  }

  @Test
  void findsScoresThatAreNotWritten() {
    assertThat(
            violation(
                SCORES,
                request ->
                    new LinearModel(request) {
                      @Override
                      public void predict(INDArray images, INDArray scores) {}
                    }))
        .contains("NaN");
  }

  @Test
  void findsAnEngineThatChangesOrSaysTooMuch() {
    assertThat(
            violation(
                ENGINE,
                request ->
                    new LinearModel(request) {
                      @Override
                      public String engine() {
                        return "loops, " + batches.getDouble(0) + " batches";
                      }
                    }))
        .contains("the engine 'loops, 1.0 batches' after a batch");
    assertThat(
            violation(
                ENGINE,
                request ->
                    new LinearModel(request) {
                      @Override
                      public String engine() {
                        return "loops\nof Java";
                      }
                    }))
        .contains("one line");
  }

  @Test
  void findsAProfileThatTrains() {
    assertThat(
            violation(
                PROFILE,
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<PassTime> profile(Batch batch, RandomSource random, int runs) {
                        computeGradients(batch, random);
                        weights.subi(gradient);
                        return List.of();
                      }
                    }))
        .contains("parameters changed by a profile");
  }

  @Test
  void findsAProfileOfNothingThereIs() {
    assertThat(violation(PROFILE, request -> profiled(request, "Some Operation", 1)))
        .contains("the operation 'Some Operation' of layer linear");
    assertThat(violation(PROFILE, request -> profiled(request, "linear", -1)))
        .contains("-1 ns for layer linear");
  }

  private static LinearModel profiled(ModelRequest request, String operation, long nanoseconds) {
    return new LinearModel(request) {
      @Override
      public List<PassTime> profile(Batch batch, RandomSource random, int runs) {
        KernelTime time = new KernelTime("loops", nanoseconds);
        return List.of(new PassTime("linear", operation, Pass.FORWARD, time, null));
      }
    };
  }

  @Test
  void findsAPredictionThatLeavesATrace() {
    assertThat(
            violation(
                SCORES,
                request ->
                    new LinearModel(request) {
                      @Override
                      public void predict(INDArray images, INDArray scores) {
                        super.predict(images, scores);
                        batches.addi(1);
                      }
                    }))
        .contains("predicting changing the model's arrays");
  }

  @Test
  void findsLayersThatAreNotTheNets() {
    assertThat(described("linear", List.of(4))).contains("layers with the parameters []");
    assertThat(described("linear", List.of(4), "linear/weight", "linear/weight"))
        .contains("two parameters 'linear/weight'");
    assertThat(described("Linear Layer", List.of(4), "linear/weight"))
        .contains("the kind 'Linear Layer' of layer linear");
    assertThat(described("linear", List.of(4, 0), "linear/weight"))
        .contains("the output shape [4, 0] of layer linear");
    assertThat(
            violation(
                LAYERS,
                request ->
                    new LinearModel(request) {
                      @Override
                      public MultiplyAdds multiplyAddsPerImage() {
                        return MultiplyAdds.NONE;
                      }
                    }))
        .contains("the sum over its layers");
    assertThat(
            violation(
                LAYERS,
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<LayerDescription> layers() {
                        List<LayerDescription> twice = new ArrayList<>(super.layers());
                        twice.addAll(super.layers());
                        return twice;
                      }
                    }))
        .contains("two layers 'linear'");
  }

  private static String described(String kind, List<Integer> shape, String... names) {
    return violation(
        LAYERS,
        request ->
            new LinearModel(request) {
              @Override
              public List<LayerDescription> layers() {
                return List.of(
                    new LayerDescription("linear", kind, shape, List.of(names), MultiplyAdds.NONE));
              }
            });
  }

  @Test
  void findsAWriteToTheBatch() {
    String rule = "batches are only read";
    assertThat(
            violation(
                rule,
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult evaluate(Batch batch) {
                        BatchResult result = super.evaluate(batch);
                        batch.images().muli(2);
                        return result;
                      }
                    }))
        .contains("images written, first at 0");
    assertThat(
            violation(
                rule,
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        batch.indices()[0]++;
                        return super.computeGradients(batch, random);
                      }
                    }))
        .contains("labels or indices written");
  }

  private static String violation(String rule, LinearModel.Maker maker) {
    return TestedRules.violation(ModelRules.all(), rule, LinearModel.subject(maker));
  }
}
