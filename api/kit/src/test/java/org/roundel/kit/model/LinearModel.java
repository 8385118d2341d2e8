package org.roundel.kit.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;

/** One linear layer with a softmax loss, and a count of batches as its buffer: correct. */
class LinearModel implements Model {
  private static final InputShape INPUT = new InputShape(1, 3, 3);

  final INDArray weights;
  final INDArray gradient;
  final INDArray batches = Nd4j.zeros(DataType.FLOAT, 1);
  final List<Parameter> parameters;

  LinearModel(ModelRequest request) {
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

  @Override
  public void predict(INDArray images, INDArray scores) {
    FloatBuffer pixels = Tensors.floats(images);
    FloatBuffer target = Tensors.floats(scores);
    int classes = (int) weights.size(0);
    for (int image = 0; image < images.size(0); image++) {
      // The logarithms of softmax's shares, which differ from its inputs by a constant.
      double[] shares = softmax(pixels, image * (int) weights.size(1));
      for (int label = 0; label < classes; label++) {
        target.put(image * classes + label, (float) Math.log(shares[label]));
      }
    }
  }

  @Override
  public List<LayerDescription> layers() {
    long products = weights.length();
    return List.of(
        new LayerDescription(
            "linear",
            "linear",
            List.of((int) weights.size(0)),
            List.of("linear/weight"),
            new MultiplyAdds(products, products)));
  }

  BatchResult pass(Batch batch, boolean backward) {
    int pixels = (int) weights.size(1);
    FloatBuffer images = Tensors.floats(batch.images());
    FloatBuffer gradients = Tensors.floats(gradient);
    double loss = 0;
    int wrong = 0;
    for (int image = 0; image < batch.size(); image++) {
      double[] shares = softmax(images, image * pixels);
      int best = 0;
      for (int label = 0; label < shares.length; label++) {
        best = shares[label] > shares[best] ? label : best;
        double target = target(batch, image, label, backward);
        double ofScore = shares[label] - target;
        loss -= target == 0 ? 0 : target * Math.log(shares[label]);
        for (int pixel = 0; backward && pixel < pixels; pixel++) {
          int element = label * pixels + pixel;
          double share = ofScore * images.get(image * pixels + pixel) / batch.size();
          gradients.put(element, (float) (gradients.get(element) + share));
        }
      }
      wrong += best == batch.labels()[image] ? 0 : 1;
    }
    return new BatchResult(loss / batch.size(), wrong, batch.size());
  }

  double target(Batch batch, int image, int label, boolean backward) {
    INDArray targets = backward ? batch.targets() : null;
    if (targets != null) {
      return targets.getFloat(image, label);
    }
    return label == batch.labels()[image] ? 1 : 0;
  }

  @Override
  public boolean takesTargets() {
    return true;
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

  /** Makes a model. */
  interface Maker {
    Model make(ModelRequest request);
  }

  /** Returns a component that makes models so. */
  static ModelSubject subject(Maker maker) {
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
