package org.roundel.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.api.net.ShippedNet;

/** Puts a graph into the model that an ONNX file is. */
final class ModelFile {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 15;

  private final Map<String, Integer> domains = new LinkedHashMap<>(Map.of("", OPSET));
  private final ShippedNet net;
  private final boolean pixels;

  /**
   * Makes a model without a graph.
   *
   * @param pixels whether the graph takes pixels and applies mean and deviation itself
   */
  ModelFile(ShippedNet net, boolean pixels) {
    this.net = net;
    this.pixels = pixels;
  }

  /** Declares that nodes are of another domain too. */
  ModelFile withDomain(String domain, int version) {
    domains.put(domain, version);
    return this;
  }

  /**
   * Returns the model.
   *
   * @param batch how many images go in at once: a number, or a symbol for any
   */
  ProtobufMessage message(OnnxGraph graph, String batch) {
    List<String> images = new ArrayList<>(List.of(batch));
    net.graph().shape(0).sizes().forEach(size -> images.add(size.toString()));
    List<String> scores = List.of(batch, Integer.toString(net.graph().classes()));
    ProtobufMessage nodes =
        graph
            .message()
            .text(OnnxFields.GRAPH_NAME, net.origin().model())
            .message(OnnxFields.GRAPH_INPUT, value(NodeWriter.IMAGES, images))
            .message(OnnxFields.GRAPH_OUTPUT, value(NodeWriter.SCORES, scores));
    ProtobufMessage model =
        new ProtobufMessage()
            .number(OnnxFields.MODEL_IR_VERSION, IR_VERSION)
            .text(OnnxFields.MODEL_PRODUCER, "Roundel")
            .message(OnnxFields.MODEL_GRAPH, nodes);
    domains.forEach(
        (domain, version) ->
            model.message(
                OnnxFields.MODEL_OPSET,
                new ProtobufMessage()
                    .text(OnnxFields.OPSET_DOMAIN, domain)
                    .number(OnnxFields.OPSET_VERSION, version)));
    Metadata.of(net, pixels)
        .forEach(
            (key, text) ->
                model.message(
                    OnnxFields.MODEL_METADATA,
                    new ProtobufMessage()
                        .text(OnnxFields.ENTRY_KEY, key)
                        .text(OnnxFields.ENTRY_VALUE, text)));
    return model;
  }

  private static ProtobufMessage value(String name, List<String> sizes) {
    ProtobufMessage shape = new ProtobufMessage();
    for (String size : sizes) {
      boolean number = Character.isDigit(size.charAt(0));
      shape.message(
          OnnxFields.SHAPE_DIMENSION,
          number
              ? new ProtobufMessage().number(OnnxFields.DIMENSION_SIZE, Long.parseLong(size))
              : new ProtobufMessage().text(OnnxFields.DIMENSION_SYMBOL, size));
    }
    ProtobufMessage tensor =
        new ProtobufMessage()
            .number(OnnxFields.TENSOR_TYPE_ELEMENT, OnnxGraph.Type.FLOAT.number)
            .message(OnnxFields.TENSOR_TYPE_SHAPE, shape);
    return new ProtobufMessage()
        .text(OnnxFields.VALUE_NAME, name)
        .message(
            OnnxFields.VALUE_TYPE, new ProtobufMessage().message(OnnxFields.TYPE_TENSOR, tensor));
  }
}
