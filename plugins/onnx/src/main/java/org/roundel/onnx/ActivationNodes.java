package org.roundel.onnx;

import java.util.List;
import org.roundel.api.net.Activation;

/** Writes activations: those that ONNX has, and the others from what it has. */
record ActivationNodes(OnnxGraph graph) {
  /** Returns the value that the activation makes of another. */
  String write(Activation activation, String input) {
    float alpha = activation.alpha();
    return switch (activation.function()) {
      case RELU ->
          alpha == 0
              ? graph.node("Relu", input)
              : graph.node("LeakyRelu", new Attributes().real("alpha", alpha), input);
      case ELU -> graph.node("Elu", new Attributes().real("alpha", alpha), input);
      case TANH -> graph.node("Tanh", input);
      case SIGMOID -> graph.node("Sigmoid", input);
      case SOFTPLUS -> {
        String softplus = graph.node("Softplus", times(input, alpha));
        yield alpha == 1 ? softplus : graph.node("Div", softplus, number(alpha));
      }
      case SWISH -> graph.node("Mul", input, graph.node("Sigmoid", times(input, alpha)));
    };
  }

  private String times(String input, float factor) {
    return factor == 1 ? input : graph.node("Mul", input, number(factor));
  }

  private String number(float value) {
    return graph.floats(List.of(), value);
  }
}
