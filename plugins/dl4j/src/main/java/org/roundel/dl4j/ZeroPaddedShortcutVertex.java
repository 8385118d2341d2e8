package org.roundel.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.roundel.dl4j.program.OperationVertex;
import org.roundel.onednn.graph.Operation;

/**
 * The parameter-free shortcut of a residual net where the number of channels grows or the image
 * shrinks ("option A" of He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition",
 * 2015): takes every {@code stride}-th row and column, and adds channels of zeros at the end.
 *
 * <pre>
 *   out[n, c, i, j] = in[n, c, i·stride, j·stride]   for c &lt; input channels, else 0
 * </pre>
 *
 * <p>Input [size, channels, height, width]; output [size, {@code channels}, ⌈height / stride⌉,
 * ⌈width / stride⌉], which is what a 3×3 convolution of the same stride and padding 1 gives.
 *
 * <p>The class's name stands in the JSON of nets that users have saved, so it stays where it is.
 */
public final class ZeroPaddedShortcutVertex extends GraphVertex implements OperationVertex {
  private static final long serialVersionUID = 1L;

  private final int stride;
  private final long channels;

  /**
   * Makes a shortcut.
   *
   * @param stride at least 1
   * @param channels how many channels the output has, at least as many as the input
   */
  public ZeroPaddedShortcutVertex(
      @JsonProperty("stride") int stride, @JsonProperty("channels") long channels) {
    if (stride < 1 || channels < 1) {
      throw new IllegalArgumentException("stride " + stride + ", channels " + channels);
    }
    this.stride = stride;
    this.channels = channels;
  }

  /** Returns the step between the rows and columns that are kept. */
  public int getStride() {
    return stride;
  }

  /** Returns the number of output channels. */
  public long getChannels() {
    return channels;
  }

  @Override
  public GraphVertex clone() {
    return new ZeroPaddedShortcutVertex(stride, channels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ZeroPaddedShortcutVertex vertex
        && vertex.stride == stride
        && vertex.channels == channels;
  }

  @Override
  public int hashCode() {
    return Objects.hash(stride, channels);
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parametersView,
      boolean initializeParameters,
      DataType type) {
    return new ZeroPaddedShortcut(graph, name, index, stride, channels, type);
  }

  @Override
  public Operation operation(String name, int input) {
    return new org.roundel.onednn.operation.ZeroPaddedShortcut(name, input, stride, channels);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length != 1 || !(inputs[0] instanceof InputType.InputTypeConvolutional image)) {
      throw new InvalidInputTypeException("a zero-padded shortcut takes one input of images");
    }
    if (image.getChannels() > channels) {
      throw new InvalidInputTypeException(
          "a zero-padded shortcut to "
              + channels
              + " channels cannot take "
              + image.getChannels()
              + ": it only adds channels");
    }
    return InputType.convolutional(
        ZeroPaddedShortcut.kept(image.getHeight(), stride),
        ZeroPaddedShortcut.kept(image.getWidth(), stride),
        channels,
        image.getFormat());
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    return new LayerMemoryReport.Builder(null, ZeroPaddedShortcutVertex.class, inputs[0], output)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
