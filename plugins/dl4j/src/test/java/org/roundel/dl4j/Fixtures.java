package org.roundel.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.roundel.api.Options;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** Requests and images for the toolkit's tests. */
public final class Fixtures {
  private Fixtures() {}

  public static RandomSource random(long seed) {
    return RandomSource.of(seed, RandomPurpose.INITIALIZE, 0);
  }

  public static ModelRequest request(InputShape input, int classes, int batchSize) {
    return new ModelRequest(
        "net", input, classes, batchSize, Options.defaults(List.of()), random(1));
  }

  /** Gives a net squared hinge loss. */
  public static ComputationGraphConfiguration withSquaredHinge(ComputationGraphConfiguration net) {
    LayerVertex last = (LayerVertex) net.getVertices().get(net.getNetworkOutputs().get(0));
    OutputLayer output = (OutputLayer) last.getLayerConf().getLayer();
    output.setLossFn(new LossSquaredHinge());
    output.setActivationFn(new ActivationIdentity());
    return net;
  }

  /** Returns standard normal numbers. */
  public static INDArray normal(DataType type, long seed, long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    double[] numbers = new double[length];
    RandomSource random = random(seed);
    for (int index = 0; index < length; index++) {
      numbers[index] = random.normal(index);
    }
    return Nd4j.createFromArray(numbers).reshape('c', shape).castTo(type);
  }

  /** Returns float rows of positive numbers of sum 1, no two alike. */
  public static INDArray targets(int size, int classes) {
    INDArray targets = Nd4j.create(DataType.FLOAT, size, classes);
    for (int image = 0; image < size; image++) {
      for (int label = 0; label < classes; label++) {
        double sum = classes * (image + 1) + classes * (classes - 1) / 2.0;
        targets.putScalar(image, label, (image + 1 + (image + label) % classes) / sum);
      }
    }
    return targets;
  }

  /** Returns labels that go round the classes. */
  public static int[] labels(int size, int classes) {
    int[] labels = new int[size];
    for (int image = 0; image < size; image++) {
      labels[image] = image % classes;
    }
    return labels;
  }
}
