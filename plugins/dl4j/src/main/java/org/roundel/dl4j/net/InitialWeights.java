package org.roundel.dl4j.net;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.random.RandomSource;

/** Writes a net's initial weights; they depend on the random source and on nothing else. */
public final class InitialWeights {
  private InitialWeights() {}

  /**
   * Writes He normal weights, and the constants that biases and normalisation start from.
   *
   * @param values the flat array of all values
   * @param random the tensor of a parameter is its position among the parameters
   */
  public static void write(NetDefinition definition, INDArray values, RandomSource random) {
    for (int index = 0; index < definition.parameters().size(); index++) {
      TensorSpec spec = definition.parameters().get(index);
      switch (spec.kind()) {
        case CONVOLUTION_WEIGHT, LINEAR_WEIGHT ->
            normal(spec, values, random.forTensor(index), StrictMath.sqrt(2.0 / spec.fanIn()));
        case SCALE -> spec.view(values).assign(1);
        default -> spec.view(values).assign(0);
      }
    }
    for (TensorSpec spec : definition.buffers()) {
      spec.view(values).assign(spec.kind() == TensorKind.RUNNING_VARIANCE ? 1 : 0);
    }
  }

  private static void normal(
      TensorSpec spec, INDArray values, RandomSource random, double deviation) {
    float[] numbers = new float[Math.toIntExact(spec.length())];
    for (int element = 0; element < numbers.length; element++) {
      numbers[element] = (float) (deviation * random.normal(element));
    }
    try (INDArray drawn = Nd4j.createFromArray(numbers)) {
      spec.view(values).reshape(numbers.length).assign(drawn);
    }
  }
}
