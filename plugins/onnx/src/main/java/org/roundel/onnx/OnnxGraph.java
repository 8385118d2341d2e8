package org.roundel.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX while it is built: nodes in the order in which they are computed, and constants
 * (initialisers). Values have short names, given in turn: they are most of a graph's text.
 */
final class OnnxGraph {
  /** Element types, by their number in the format. */
  enum Type {
    FLOAT(1),
    UINT8(2),
    INT32(6),
    INT64(7),
    DOUBLE(11);

    final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private record Node(
      String type, String domain, List<String> inputs, String output, Attributes attributes) {}

  private record Constant(Type type, List<Integer> shape, ByteBuffer content) {}

  private final boolean share;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final Map<Constant, String> names = new HashMap<>();
  private int values;

  /**
   * Makes an empty graph.
   *
   * @param share whether equal constants become one; not for readers that change them in place
   */
  OnnxGraph(boolean share) {
    this.share = share;
  }

  /** Adds a node of one output, whose name it returns. */
  String node(String type, Attributes attributes, String... inputs) {
    return node(type, "", attributes, inputs);
  }

  /** Adds a node of another domain than ONNX's own. */
  String node(String type, String domain, Attributes attributes, String... inputs) {
    String output = "v" + values++;
    nodes.add(new Node(type, domain, List.of(inputs), output, attributes));
    return output;
  }

  /** Adds a node without attributes. */
  String node(String type, String... inputs) {
    return node(type, new Attributes(), inputs);
  }

  /** Adds a conversion to another element type. */
  String cast(Type type, String input) {
    return node("Cast", new Attributes().number("to", type.number), input);
  }

  /** Gives the last node's output the name that users know. */
  void nameOutput(String name) {
    Node last = nodes.remove(nodes.size() - 1);
    nodes.add(new Node(last.type, last.domain, last.inputs, name, last.attributes));
  }

  /** Returns the name of a constant of floats; an empty shape is a single number. */
  String floats(List<Integer> shape, float... numbers) {
    ByteBuffer content = buffer(numbers.length * Float.BYTES);
    for (float number : numbers) {
      content.putFloat(number);
    }
    return constant(Type.FLOAT, shape, content);
  }

  /** Returns the name of a constant of bytes. */
  String bytes(List<Integer> shape, byte[] numbers) {
    return constant(Type.UINT8, shape, ByteBuffer.wrap(numbers.clone()));
  }

  /** Returns the name of a constant list of whole numbers, as for shapes and axes. */
  String numbers(long... numbers) {
    ByteBuffer content = buffer(numbers.length * Long.BYTES);
    for (long number : numbers) {
      content.putLong(number);
    }
    return constant(Type.INT64, List.of(numbers.length), content);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(Type type, List<Integer> shape, ByteBuffer content) {
    Constant constant = new Constant(type, shape, content.rewind());
    String known = share ? names.get(constant) : null;
    if (known != null) {
      return known;
    }
    String name = "c" + constants.size();
    constants.put(name, constant);
    names.put(constant, name);
    return name;
  }

  /** Returns the graph's nodes and constants as the format has them. */
  ProtobufMessage message() {
    ProtobufMessage graph = new ProtobufMessage();
    for (Node node : nodes) {
      graph.message(OnnxFields.GRAPH_NODE, message(node));
    }
    constants.forEach(
        (name, constant) -> graph.message(OnnxFields.GRAPH_INITIALIZER, message(name, constant)));
    return graph;
  }

  private static ProtobufMessage message(Node node) {
    ProtobufMessage message = new ProtobufMessage();
    node.inputs.forEach(input -> message.text(OnnxFields.NODE_INPUT, input));
    message.text(OnnxFields.NODE_OUTPUT, node.output);
    message.text(OnnxFields.NODE_TYPE, node.type);
    message.fields(node.attributes.fields());
    if (!node.domain.isEmpty()) {
      message.text(OnnxFields.NODE_DOMAIN, node.domain);
    }
    return message;
  }

  private static ProtobufMessage message(String name, Constant constant) {
    byte[] content = new byte[constant.content.remaining()];
    constant.content.duplicate().get(content);
    ProtobufMessage message = new ProtobufMessage();
    constant.shape.forEach(size -> message.number(OnnxFields.TENSOR_DIMENSION, size));
    return message
        .number(OnnxFields.TENSOR_TYPE, constant.type.number)
        .text(OnnxFields.TENSOR_NAME, name)
        .bytes(OnnxFields.TENSOR_CONTENT, content);
  }
}
