package org.roundel.kit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.TestedRules;

/** The rules on scores, layers and batches find each of these faults. */
class ModelOutputRulesTest {
  private static final String SCORES = "scores tell what evaluating counts";
  private static final String LAYERS = "layers describe the net and its parameters";

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
