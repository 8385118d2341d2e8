package org.roundel.dl4j.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.roundel.api.InvalidInputException;
import org.roundel.api.model.InputShape;

/**
 * Reads a DL4J graph configuration into a {@link NetDefinition}: checks it, infers the shapes, and
 * finds where DL4J puts each array in its flat parameter array.
 */
public final class DefinitionReader {
  private final ComputationGraphConfiguration graph;
  private final InputShape input;
  private final int classes;
  private final List<TensorSpec> parameters = new ArrayList<>();
  private final List<Normalization> normalizations = new ArrayList<>();
  private long offset;
  private boolean noisy;

  /**
   * Makes a reader; the configuration is copied.
   *
   * @param input the shape of the images that the net gets
   * @param classes how many outputs it must have
   */
  public DefinitionReader(
      ComputationGraphConfiguration configuration, InputShape input, int classes) {
    this.graph = configuration.clone();
    this.input = input;
    this.classes = classes;
  }

  /**
   * Returns the definition.
   *
   * @throws InvalidInputException if the net cannot be run
   */
  public NetDefinition read() {
    requireOne("input", graph.getNetworkInputs());
    requireOne("output", graph.getNetworkOutputs());
    if (graph.getBackpropType() != BackpropType.Standard) {
      throw new InvalidInputException(
          "the net asks for back-propagation through time; Roundel trains nets on images, with"
              + " BackpropType.Standard");
    }
    requireOwnNames();
    requireImagesThatFit();
    // Before DL4J infers sizes: some layers forget a size that was given.
    Map<String, Long> givenInputs = givenInputs();
    Map<String, InputType> types = inferTypes();
    takeImagesAsTheyAre(types);
    new ComputationGraph(graph).calculateIndices();
    String output = graph.getNetworkOutputs().get(0);
    for (String name : graph.getTopologicalOrderStr()) {
      GraphVertex vertex = graph.getVertices().get(name);
      if (vertex instanceof LayerVertex layerVertex) {
        Layer layer = layerVertex.getLayerConf().getLayer();
        InputType incoming = incomingType(name, layerVertex, types);
        LayerRules.check(
            name, layer, givenInputs.getOrDefault(name, 0L), incoming, name.equals(output));
        noisy |= LayerRules.isNoisy(layer);
        place(name, layer, incoming);
      } else if (vertex != null && vertex.numParams(true) != 0) {
        throw new InvalidInputException(
            "vertex '"
                + name
                + "' ("
                + vertex.getClass().getSimpleName()
                + ") has weights of its"
                + " own; Roundel knows the weights of layers only");
      }
    }
    checkOutput(output);
    return new NetDefinition(graph, output, parameters, normalizations, offset, noisy);
  }

  private static void requireOne(String what, List<String> names) {
    if (names == null || names.size() != 1) {
      throw new InvalidInputException(
          "the net has " + what + "s " + names + "; Roundel runs nets with exactly one " + what);
    }
  }

  private void requireOwnNames() {
    for (String name : graph.getNetworkInputs()) {
      if (graph.getVertices().containsKey(name)) {
        throw new InvalidInputException(
            "layer '" + name + "' has the name of the net's input; give it another name");
      }
    }
  }

  /** {@code InputType.convolutionalFlat} asks for rows that are made images; here they are. */
  private void requireImagesThatFit() {
    String source = graph.getNetworkInputs().get(0);
    for (Map.Entry<String, GraphVertex> entry : graph.getVertices().entrySet()) {
      if (entry.getValue() instanceof LayerVertex vertex
          && graph.getVertexInputs().get(entry.getKey()).contains(source)
          && vertex.getPreProcessor() instanceof FeedForwardToCnnPreProcessor expected
          && (expected.getNumChannels() != input.channels()
              || expected.getInputHeight() != input.height()
              || expected.getInputWidth() != input.width())) {
        throw new InvalidInputException(
            "layer '"
                + entry.getKey()
                + "' takes images of "
                + expected.getNumChannels()
                + "x"
                + expected.getInputHeight()
                + "x"
                + expected.getInputWidth()
                + " but the dataset's are "
                + input
                + "; leave the input type out, or make it the request's");
      }
    }
  }

  /** Drops what would make images out of what are images. */
  private void takeImagesAsTheyAre(Map<String, InputType> types) {
    for (Map.Entry<String, GraphVertex> entry : graph.getVertices().entrySet()) {
      if (entry.getValue() instanceof LayerVertex vertex
          && vertex.getPreProcessor() instanceof FeedForwardToCnnPreProcessor
          && types.get(graph.getVertexInputs().get(entry.getKey()).get(0))
              instanceof InputType.InputTypeConvolutional) {
        vertex.setPreProcessor(null);
      }
    }
  }

  /** Returns nIn of the layers that say it, by name. */
  private Map<String, Long> givenInputs() {
    Map<String, Long> given = new HashMap<>();
    for (Map.Entry<String, GraphVertex> vertex : graph.getVertices().entrySet()) {
      if (vertex.getValue() instanceof LayerVertex layerVertex
          && layerVertex.getLayerConf().getLayer() instanceof FeedForwardLayer layer
          && layer.getNIn() > 0) {
        given.put(vertex.getKey(), layer.getNIn());
      }
    }
    return given;
  }

  private Map<String, InputType> inferTypes() {
    try {
      return graph.getLayerActivationTypes(
          true, false, InputType.convolutional(input.height(), input.width(), input.channels()));
    } catch (RuntimeException invalid) {
      throw new InvalidInputException(
          "the net does not fit images of " + input + ": " + invalid.getMessage(), invalid);
    }
  }

  private InputType incomingType(String name, LayerVertex vertex, Map<String, InputType> types) {
    List<String> sources = graph.getVertexInputs().get(name);
    InputType incoming = types.get(sources.get(0));
    if (vertex.getPreProcessor() != null) {
      incoming = vertex.getPreProcessor().getOutputType(incoming);
    }
    return incoming;
  }

  /** Adds a layer's arrays in the order in which DL4J lays them out. */
  private void place(String name, Layer layer, InputType incoming) {
    if (layer instanceof ConvolutionLayer convolution && LayerRules.isPlainConvolution(layer)) {
      if (convolution.hasBias()) {
        TensorSpec bias = spec(name, TensorKind.BIAS, convolution.getNOut());
        offset += bias.length();
        addWeight(name, convolution);
        parameters.add(bias);
      } else {
        addWeight(name, convolution);
      }
    } else if (layer instanceof BatchNormalization normalization) {
      // DL4J's default is the logarithm of the deviation; a checkpoint holds the variance itself.
      normalization.setUseLogStd(false);
      long channels = normalization.getNOut();
      if (!normalization.isLockGammaBeta()) {
        add(parameters, spec(name, TensorKind.SCALE, channels));
        add(parameters, spec(name, TensorKind.SHIFT, channels));
      }
      TensorSpec mean = spec(name, TensorKind.RUNNING_MEAN, channels);
      offset += mean.length();
      TensorSpec variance = spec(name, TensorKind.RUNNING_VARIANCE, channels);
      offset += variance.length();
      normalizations.add(
          new Normalization(mean, variance, positions(incoming), decay(normalization)));
    } else if (LayerRules.isLinear(layer)) {
      FeedForwardLayer linear = (FeedForwardLayer) layer;
      // DL4J's [inputs, outputs] in Fortran order is the same memory as [outputs, inputs] in c.
      add(parameters, spec(name, TensorKind.LINEAR_WEIGHT, linear.getNOut(), linear.getNIn()));
      if (LayerRules.hasBias(linear)) {
        add(parameters, spec(name, TensorKind.BIAS, linear.getNOut()));
      }
    }
  }

  private static long positions(InputType incoming) {
    return incoming instanceof InputType.InputTypeConvolutional image
        ? image.getHeight() * image.getWidth()
        : 1;
  }

  /** What is not made for batches keeps the last one's statistics, as in DL4J. */
  private static double decay(BatchNormalization normalization) {
    return normalization.isMinibatch() ? normalization.getDecay() : 0;
  }

  private void addWeight(String name, ConvolutionLayer convolution) {
    int[] kernel = convolution.getKernelSize();
    add(
        parameters,
        spec(
            name,
            TensorKind.CONVOLUTION_WEIGHT,
            convolution.getNOut(),
            convolution.getNIn(),
            kernel[0],
            kernel[1]));
  }

  private void add(List<TensorSpec> list, TensorSpec spec) {
    list.add(spec);
    offset += spec.length();
  }

  private TensorSpec spec(String name, TensorKind kind, long... shape) {
    List<Long> sizes = new ArrayList<>();
    for (long size : shape) {
      sizes.add(size);
    }
    return new TensorSpec(name, kind, sizes, offset);
  }

  private void checkOutput(String name) {
    GraphVertex vertex = graph.getVertices().get(name);
    if (!(vertex instanceof LayerVertex last)) {
      throw new InvalidInputException(
          "the net's output '"
              + name
              + "' is no layer but a vertex of type "
              + vertex.getClass().getSimpleName()
              + "; the net's output must be an OutputLayer");
    }
    OutputLayer output = (OutputLayer) last.getLayerConf().getLayer();
    if (output.getNOut() != classes) {
      throw new InvalidInputException(
          "output layer '"
              + name
              + "' has "
              + output.getNOut()
              + " outputs but the dataset has "
              + classes
              + " classes; set nOut to the request's number of classes");
    }
  }
}
