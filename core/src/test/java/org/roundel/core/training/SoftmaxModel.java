package org.roundel.core.training;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;

/**
 * Softmax regression whose buffer is the running mean of each input times its weight for the first
 * class, as normalisation's depend on weights, too. In inference mode a hundredth of their sum is
 * added to the first class's score. Simple enough to check by hand.
 */
class SoftmaxModel implements Model {
  /** In place of a call's number: the first estimate of running statistics throws. */
  static final int THROW_AT_ESTIMATE = 1_000_000;

  private final int batchSize;
  private final int inputs;
  private final int classes;
  private final FloatBuffer weights;
  private final FloatBuffer weightGradient;
  private final FloatBuffer bias;
  private final FloatBuffer biasGradient;
  private final FloatBuffer runningMean;
  private final List<Parameter> parameters;
  private final List<Buffer> buffers;
  private final int divergeAt;
  private final int throwAt;
  private int calls;

  SoftmaxModel(ModelRequest request, int divergeAt, int throwAt) {
    this.divergeAt = divergeAt;
    this.throwAt = throwAt;
    batchSize = request.batchSize();
    inputs = request.input().length();
    classes = request.classes();
    INDArray weightValues = Nd4j.zeros(DataType.FLOAT, classes, inputs, 1, 1);
    INDArray weightGradients = Nd4j.zeros(DataType.FLOAT, classes, inputs, 1, 1);
    INDArray biasValues = Nd4j.zeros(DataType.FLOAT, classes);
    INDArray biasGradients = Nd4j.zeros(DataType.FLOAT, classes);
    INDArray mean = Nd4j.zeros(DataType.FLOAT, inputs);
    weights = Tensors.floats(weightValues);
    weightGradient = Tensors.floats(weightGradients);
    bias = Tensors.floats(biasValues);
    biasGradient = Tensors.floats(biasGradients);
    runningMean = Tensors.floats(mean);
    RandomSource random = request.random().forTensor(0);
    for (int index = 0; index < weights.capacity(); index++) {
      weights.put(index, (float) (0.5 * random.normal(index)));
    }
    parameters =
        List.of(
            new Parameter(
                "layer/weight", ParameterRole.CONVOLUTION_WEIGHT, weightValues, weightGradients),
            new Parameter("layer/bias", ParameterRole.BIAS, biasValues, biasGradients));
    buffers = List.of(new Buffer("layer/running-mean", mean));
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public String engine() {
    return "loops in Java";
  }

  @Override
  public BatchResult computeGradients(Batch batch, RandomSource random) {
    requireFits(batch);
    calls++;
    FloatBuffer images = Tensors.floats(batch.images());
    for (int input = 0; input < inputs; input++) {
      float first = weights.get(input) * images.get(input);
      runningMean.put(input, 0.9f * runningMean.get(input) + 0.1f * first);
    }
    if (calls == throwAt) {
      // The running mean has changed by now.
      throw new IllegalStateException("no gradients today");
    }
    for (int index = 0; index < weightGradient.capacity(); index++) {
      weightGradient.put(index, 0);
    }
    for (int index = 0; index < classes; index++) {
      biasGradient.put(index, 0);
    }
    BatchResult result = forward(batch, true);
    if (calls == divergeAt) {
      weightGradient.put(0, Float.NaN);
    }
    return result;
  }

  @Override
  public void estimateBuffers(Batch batch, long imagesBefore, RandomSource random) {
    if (throwAt == THROW_AT_ESTIMATE) {
      throw new IllegalStateException("no estimate today");
    }
    requireFits(batch);
    FloatBuffer images = Tensors.floats(batch.images());
    for (int input = 0; input < inputs; input++) {
      double sum = imagesBefore == 0 ? 0 : imagesBefore * runningMean.get(input);
      for (int image = 0; image < batch.size(); image++) {
        sum += weights.get(input) * images.get(image * inputs + input);
      }
      runningMean.put(input, (float) (sum / (imagesBefore + batch.size())));
    }
  }

  @Override
  public BatchResult evaluate(Batch batch) {
    requireFits(batch);
    return forward(batch, false);
  }

  @Override
  public void predict(INDArray images, INDArray scores) {
    FloatBuffer pixels = Tensors.floats(images);
    FloatBuffer target = Tensors.floats(scores);
    for (int index = 0; index < target.capacity(); index++) {
      target.put(index, (float) score(pixels, index / classes, index % classes, false));
    }
  }

  @Override
  public List<LayerDescription> layers() {
    // One position of a window as large as the image; nothing before it is trained.
    long products = (long) classes * inputs;
    return List.of(
        new LayerDescription(
            "layer",
            "convolution",
            List.of(classes, 1, 1),
            List.of("layer/weight", "layer/bias"),
            new MultiplyAdds(products, products)));
  }

  private void requireFits(Batch batch) {
    if (batch.size() > batchSize) {
      throw new IllegalArgumentException(batch.size() + " images where at most " + batchSize);
    }
  }

  private double score(FloatBuffer images, int image, int output, boolean training) {
    double score = bias.get(output);
    for (int input = 0; output == 0 && !training && input < inputs; input++) {
      score += 0.01 * runningMean.get(input);
    }
    for (int input = 0; input < inputs; input++) {
      score += weights.get(output * inputs + input) * images.get(image * inputs + input);
    }
    return score;
  }

  private static double target(Batch batch, int image, int output, boolean training) {
    INDArray targets = training ? batch.targets() : null;
    if (targets != null) {
      return targets.getFloat(image, output);
    }
    return output == batch.labels()[image] ? 1 : 0;
  }

  @Override
  public boolean takesTargets() {
    return true;
  }

  private BatchResult forward(Batch batch, boolean backward) {
    FloatBuffer images = Tensors.floats(batch.images());
    double loss = 0;
    int wrong = 0;
    for (int image = 0; image < batch.size(); image++) {
      double[] scores = new double[classes];
      double sum = 0;
      int best = 0;
      for (int output = 0; output < classes; output++) {
        scores[output] = Math.exp(score(images, image, output, backward));
        sum += scores[output];
        best = scores[output] > scores[best] ? output : best;
      }
      wrong += best == batch.labels()[image] ? 0 : 1;
      for (int output = 0; output < classes; output++) {
        double target = target(batch, image, output, backward);
        loss -= target == 0 ? 0 : target * Math.log(scores[output] / sum) / batch.size();
        if (!backward) {
          continue;
        }
        double delta = (scores[output] / sum - target) / batch.size();
        biasGradient.put(output, (float) (biasGradient.get(output) + delta));
        for (int input = 0; input < inputs; input++) {
          int index = output * inputs + input;
          weightGradient.put(
              index,
              (float) (weightGradient.get(index) + delta * images.get(image * inputs + input)));
        }
      }
    }
    return new BatchResult(loss, wrong, batch.size());
  }

  @Override
  public void close() {}
}
