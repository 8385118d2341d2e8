package org.roundel.dl4j.program;

import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.roundel.onednn.operation.Activation;
import org.roundel.onednn.operation.ActivationFunction;

/** What each of DL4J's activations becomes in a compiled program. */
final class ActivationTranslations {
  /** A function with its parameter. */
  private record Meaning(ActivationFunction function, double alpha) {}

  private static final Map<Class<?>, Function<IActivation, @Nullable Meaning>> MEANINGS =
      Map.of(
          ActivationReLU.class,
          activation -> rectifier((ActivationReLU) activation),
          ActivationLReLU.class,
          activation ->
              new Meaning(ActivationFunction.RELU, ((ActivationLReLU) activation).getAlpha()),
          // DL4J's own gradient is wrong where alpha is not 1.
          ActivationELU.class,
          activation ->
              new Meaning(ActivationFunction.ELU, ((ActivationELU) activation).getAlpha()),
          ActivationTanH.class,
          activation -> new Meaning(ActivationFunction.TANH, 0),
          ActivationSigmoid.class,
          activation -> new Meaning(ActivationFunction.SIGMOID, 0),
          ActivationSoftPlus.class,
          activation -> new Meaning(ActivationFunction.SOFTPLUS, 1),
          ActivationSwish.class,
          activation -> new Meaning(ActivationFunction.SWISH, 1));

  private ActivationTranslations() {}

  /**
   * Writes an activation as an operation.
   *
   * @param layer the layer that has it
   * @param input the value that it gets
   * @return its value; the input where it changes nothing
   * @throws UntranslatableException if it has no counterpart
   */
  static int translate(
      String name, Layer layer, @Nullable IActivation activation, int input, GraphTranslator net)
      throws UntranslatableException {
    if (activation == null || activation instanceof ActivationIdentity) {
      return input;
    }
    Function<IActivation, @Nullable Meaning> known = MEANINGS.get(activation.getClass());
    Meaning meaning = known == null ? null : known.apply(activation);
    if (meaning == null) {
      throw UntranslatableException.of(name, layer, "its activation is " + activation);
    }
    return net.add(new Activation(name, input, meaning.function(), (float) meaning.alpha()));
  }

  /** Returns null for a rectifier with a maximum or a threshold. */
  private static @Nullable Meaning rectifier(ActivationReLU relu) {
    if (relu.getMax() != null || (relu.getThreshold() != null && relu.getThreshold() != 0)) {
      return null;
    }
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    return new Meaning(ActivationFunction.RELU, slope);
  }
}
