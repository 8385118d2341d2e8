package org.roundel.kit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.TestedRules;

/** The rules on targets find each of these faults. */
class ModelTargetRulesTest {
  private static final String TARGETS = "targets take the labels' place in the loss";
  private static final String GRADIENTS = "gradients of targets are those of their loss";

  @Test
  void asksNothingOfAModelThatTakesNone() {
    LinearModel.Maker deaf =
        request ->
            new LinearModel(request) {
              @Override
              public boolean takesTargets() {
                return false;
              }

              @Override
              double target(Batch batch, int image, int label, boolean backward) {
                return label == batch.labels()[image] ? 1 : 0;
              }
            };
    TestedRules.assertKeepsAll(ModelRules.all(), LinearModel.subject(deaf));
  }

  @Test
  void findsTargetsThatAreIgnored() {
    LinearModel.Maker deaf =
        request ->
            new LinearModel(request) {
              @Override
              double target(Batch batch, int image, int label, boolean backward) {
                return label == batch.labels()[image] ? 1 : 0;
              }
            };
    assertThat(violation(TARGETS, deaf)).contains("of labels smoothed by 0.2");
  }

  @Test
  void findsOneHotTargetsThatAreNotTheLabels() {
    assertThat(
            violation(
                TARGETS,
                request ->
                    new LinearModel(request) {
                      @Override
                      double target(Batch batch, int image, int label, boolean backward) {
                        double target = super.target(batch, image, label, backward);
                        return batch.targets() == null ? target : 0.999 * target;
                      }
                    }))
        .contains("1 for the label and 0 for the others");
  }

  @Test
  void findsErrorsCountedByTargets() {
    assertThat(
            violation(
                TARGETS,
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult right = super.computeGradients(batch, random);
                        boolean soft =
                            batch.targets() != null
                                && batch.targets().maxNumber().doubleValue() < 1;
                        int wrong = soft ? (right.wrong() + 1) % batch.size() : right.wrong();
                        return new BatchResult(right.loss(), wrong, right.size());
                      }
                    }))
        .contains("wrong images where there are targets");
  }

  @Test
  void findsAnEvaluationByTargets() {
    assertThat(
            violation(
                TARGETS,
                request ->
                    new LinearModel(request) {
                      @Override
                      double target(Batch batch, int image, int label, boolean backward) {
                        return super.target(batch, image, label, true);
                      }
                    }))
        .contains("on evaluating a batch with targets");
  }

  @Test
  void findsTargetsThatAreWritten() {
    assertThat(
            violation(
                TARGETS,
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult result = super.computeGradients(batch, random);
                        INDArray targets = batch.targets();
                        if (targets != null) {
                          targets.muli(0.5);
                        }
                        return result;
                      }
                    }))
        .contains("targets written");
  }

  @Test
  void findsTheGradientOfTheLabels() {
    assertThat(
            violation(
                GRADIENTS,
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult right = super.computeGradients(batch, random);
                        super.computeGradients(new Batch(batch.images(), batch.labels()), random);
                        return right;
                      }
                    }))
        .contains("along the gradient of LINEAR_WEIGHT");
  }

  private static String violation(String rule, LinearModel.Maker maker) {
    return TestedRules.violation(ModelRules.all(), rule, LinearModel.subject(maker));
  }
}
