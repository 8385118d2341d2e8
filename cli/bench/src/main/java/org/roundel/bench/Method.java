package org.roundel.bench;

import java.util.Arrays;
import picocli.CommandLine;

/** How weights are quantized. */
enum Method {
  NONE("none"),
  BINARY_CONNECT("binary-connect"),
  STOCHASTIC_ROUNDING("stochastic-rounding");

  private final String quantizer;

  Method(String quantizer) {
    this.quantizer = quantizer;
  }

  /** Returns the method that a user's word means. */
  static Method of(String word) {
    for (Method method : values()) {
      if (method.quantizer.equals(word)) {
        return method;
      }
    }
    throw new CommandLine.TypeConversionException(
        "there is no method '" + word + "'; allowed: " + Arrays.toString(values()));
  }

  /** Returns the name of the quantizer plugin's component. */
  String quantizer() {
    return quantizer;
  }

  @Override
  public String toString() {
    return quantizer;
  }
}
