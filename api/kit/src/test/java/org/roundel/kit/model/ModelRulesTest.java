package org.roundel.kit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.TestedRules;

/** The rules accept a correct model and find each of these faults. */
class ModelRulesTest {
  @Test
  void acceptsACorrectModel() {
    TestedRules.assertKeepsAll(ModelRules.all(), LinearModel.subject(LinearModel::new));
  }

  @Test
  void findsListsThatChange() {
    assertThat(
            violation(
                "names differ and the lists stay the same",
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<Parameter> parameters() {
                        return List.of(
                            new Parameter(
                                "linear/weight",
                                ParameterRole.LINEAR_WEIGHT,
                                weights.dup('c'),
                                gradient));
                      }
                    }))
        .contains("other parameters or arrays after a batch, first linear/weight");
    assertThat(
            violation(
                "names differ and the lists stay the same",
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<Buffer> buffers() {
                        return List.of(new Buffer("linear/weight", batches));
                      }
                    }))
        .contains("two arrays named 'linear/weight'");
  }

  @Test
  void findsArraysThatShareMemory() {
    assertThat(
            violation(
                "arrays are dense floats that do not overlap",
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<Buffer> buffers() {
                        return List.of(new Buffer("batches", weights));
                      }
                    }))
        .contains("sharing memory");
  }

  @Test
  void findsAShapeThatIsNotItsRoles() {
    assertThat(
            violation(
                "weights have the shape of their role",
                request ->
                    new LinearModel(request) {
                      @Override
                      public List<Parameter> parameters() {
                        return List.of(
                            new Parameter("bias", ParameterRole.BIAS, weights, gradient));
                      }
                    }))
        .contains("bias of shape [4, 9]", "ParameterRole.BIAS");
  }

  @Test
  void findsANetThatComputesWithACopyOfItsWeights() {
    assertThat(
            violation(
                "the net computes with the values now in place",
                request -> {
                  LinearModel hidden = new LinearModel(request);
                  return new LinearModel(request) {
                    @Override
                    public BatchResult evaluate(Batch batch) {
                      return hidden.evaluate(batch);
                    }
                  };
                }))
        .contains("evaluating after another net's values were written");
  }

  @Test
  void findsWeightsThatNoSeedOrNoOneDecides() {
    assertThat(
            violation(
                "the seed decides the initial weights",
                request -> {
                  LinearModel model = new LinearModel(request);
                  model.weights.assign(1);
                  return model;
                }))
        .contains("the same initial weights for seeds 7 and 8");
    List<Model> made = new ArrayList<>();
    assertThat(
            violation(
                "the seed decides the initial weights",
                request -> {
                  LinearModel model = new LinearModel(request);
                  made.add(model);
                  model.weights.addi(made.size());
                  return model;
                }))
        .contains("another net of the same seed");
  }

  @Test
  void findsAGradientOfTheSumInsteadOfTheMean() {
    assertThat(
            violation(
                "gradients are those of the mean loss",
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult result = super.computeGradients(batch, random);
                        gradient.muli(batch.size());
                        return result;
                      }
                    }))
        .contains("along the gradient of LINEAR_WEIGHT", "images of 1x3x3, 4 classes");
  }

  @Test
  void findsAnUpdateOfItsOwn() {
    assertThat(
            violation(
                "computing gradients leaves the parameters",
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult result = super.computeGradients(batch, random);
                        weights.subi(gradient);
                        return result;
                      }
                    }))
        .contains("computing gradients changing the model's arrays");
  }

  @Test
  void findsAnEvaluationThatLeavesATrace() {
    assertThat(
            violation(
                "evaluating changes nothing",
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult evaluate(Batch batch) {
                        batches.addi(1);
                        return super.evaluate(batch);
                      }
                    }))
        .contains("evaluating changing the model's arrays");
  }

  @Test
  void findsTheSizeOfTheLargestBatchInASmallerOne() {
    assertThat(
            violation(
                "smaller batches work",
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult evaluate(Batch batch) {
                        BatchResult right = super.evaluate(batch);
                        double loss = right.loss() * batch.size() / request.batchSize();
                        return new BatchResult(loss, right.wrong(), right.size());
                      }
                    }))
        .contains("in batches of 5 and 1");
  }

  @Test
  void findsTheRandomNumbersOfNd4j() {
    assertThat(
            violation(
                "the same steps give the same bytes",
                request ->
                    new LinearModel(request) {
                      @Override
                      public BatchResult computeGradients(Batch batch, RandomSource random) {
                        BatchResult result = super.computeGradients(batch, random);
                        gradient.muli(Nd4j.getRandom().nextFloat());
                        return result;
                      }
                    }))
        .contains("a second net");
  }

  @Test
  void findsAnEstimateThatTrains() {
    assertThat(
            violation(
                "estimating buffers leaves the parameters and repeats",
                request ->
                    new LinearModel(request) {
                      @Override
                      public void estimateBuffers(
                          Batch batch, long imagesBefore, RandomSource random) {
                        weights.muli(0.5f);
                      }
                    }))
        .contains("estimating buffers changing the model's arrays");
  }

  @Test
  void findsThatItCannotBeClosedTwice() {
    assertThat(
            violation(
                "closing twice is harmless",
                request ->
                    new LinearModel(request) {
                      private boolean closed;

                      @Override
                      public void close() {
                        if (closed) {
                          throw new IllegalStateException("closed already");
                        }
                        closed = true;
                      }
                    }))
        .contains("IllegalStateException: closed already");
  }

  private static String violation(String rule, LinearModel.Maker maker) {
    return TestedRules.violation(ModelRules.all(), rule, LinearModel.subject(maker));
  }
}
