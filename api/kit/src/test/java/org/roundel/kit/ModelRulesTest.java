package org.roundel.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;

/** The rules accept a correct model and find each of these faults. */
class ModelRulesTest {
  private static final InputShape INPUT = new InputShape(1, 3, 3);

  /** One linear layer with a softmax loss, and a count of batches as its buffer: correct. */
  private static class Linear implements Model {
    final INDArray weights;
    final INDArray gradient;
    final INDArray batches = Nd4j.zeros(DataType.FLOAT, 1);
    final List<Parameter> parameters;

    Linear(ModelRequest request) {
      weights = Nd4j.zeros(DataType.FLOAT, request.classes(), request.input().length());
      gradient = weights.dup('c');
      FloatBuffer values = Tensors.floats(weights);
      for (int index = 0; index < values.remaining(); index++) {
        values.put(index, (float) request.random().normal(index));
      }
      parameters =
          List.of(new Parameter("linear/weight", ParameterRole.LINEAR_WEIGHT, weights, gradient));
    }

    @Override
    public List<Parameter> parameters() {
      return parameters;
    }

    @Override
    public List<Buffer> buffers() {
      return List.of(new Buffer("batches", batches));
    }

    @Override
    public BatchResult computeGradients(Batch batch, RandomSource random) {
      gradient.assign(0);
      batches.addi(1);
      return pass(batch, true);
    }

    @Override
    public BatchResult evaluate(Batch batch) {
      return pass(batch, false);
    }

    BatchResult pass(Batch batch, boolean backward) {
      int pixels = (int) weights.size(1);
      FloatBuffer images = Tensors.floats(batch.images());
      FloatBuffer slopes = Tensors.floats(gradient);
      double loss = 0;
      int wrong = 0;
      for (int image = 0; image < batch.size(); image++) {
        double[] shares = softmax(images, image * pixels);
        int best = 0;
        for (int label = 0; label < shares.length; label++) {
          best = shares[label] > shares[best] ? label : best;
          double slope = shares[label] - (label == batch.labels()[image] ? 1 : 0);
          for (int pixel = 0; backward && pixel < pixels; pixel++) {
            int element = label * pixels + pixel;
            double share = slope * images.get(image * pixels + pixel) / batch.size();
            slopes.put(element, (float) (slopes.get(element) + share));
          }
        }
        loss -= Math.log(shares[batch.labels()[image]]);
        wrong += best == batch.labels()[image] ? 0 : 1;
      }
      return new BatchResult(loss / batch.size(), wrong, batch.size());
    }

    private double[] softmax(FloatBuffer images, int first) {
      FloatBuffer values = Tensors.floats(weights);
      int pixels = (int) weights.size(1);
      double[] shares = new double[(int) weights.size(0)];
      double sum = 0;
      for (int label = 0; label < shares.length; label++) {
        double output = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
          output += (double) values.get(label * pixels + pixel) * images.get(first + pixel);
        }
        shares[label] = Math.exp(output);
        sum += shares[label];
      }
      for (int label = 0; label < shares.length; label++) {
        shares[label] /= sum;
      }
      return shares;
    }

    @Override
    public void close() {}
  }

  /** Makes a model. */
  private interface Maker {
    Model make(ModelRequest request);
  }

  @Test
  void acceptsACorrectModel() {
    TestedRules.assertKeepsAll(ModelRules.all(), subject(Linear::new));
  }

  @Test
  void findsListsThatChange() {
    assertThat(
            violation(
                "names differ and the lists stay the same",
                request ->
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                  Linear hidden = new Linear(request);
                  return new Linear(request) {
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
                  Linear model = new Linear(request);
                  model.weights.assign(1);
                  return model;
                }))
        .contains("the same initial weights for seeds 7 and 8");
    List<Model> made = new ArrayList<>();
    assertThat(
            violation(
                "the seed decides the initial weights",
                request -> {
                  Linear model = new Linear(request);
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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
                    new Linear(request) {
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

  private static String violation(String rule, Maker maker) {
    return TestedRules.violation(ModelRules.all(), rule, subject(maker));
  }

  private static ModelSubject subject(Maker maker) {
    ModelFactory factory =
        new ModelFactory() {
          @Override
          public String name() {
            return "under-test";
          }

          @Override
          public String description() {
            return "under test";
          }

          @Override
          public Model create(ModelRequest request) {
            return maker.make(request);
          }
        };
    return new ModelSubject(
        factory, Map.of(), INPUT, ModelSubject.USUAL_CLASSES, ModelSubject.USUAL_BATCH_SIZE);
  }
}
