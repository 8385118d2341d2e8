package org.roundel.onnx;

import org.roundel.api.net.Linear;

/** Where ONNX and QONNX differ: how weights are written, and what computes a linear layer. */
interface Dialect {
  /**
   * Writes the weights of a convolution.
   *
   * @param array the array's name in the net
   * @return the value [output channels, input channels, height, width]
   */
  String weights(String array);

  /**
   * Writes a linear layer.
   *
   * @param row the value that it reads, [images, inputs]
   * @return the value [images, outputs]
   */
  String linear(Linear linear, String row);
}
