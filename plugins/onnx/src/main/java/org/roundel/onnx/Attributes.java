package org.roundel.onnx;

/** The attributes of one node. */
final class Attributes {
  private static final int NODE_ATTRIBUTE = 5;
  private static final int NAME = 1;
  private static final int REAL = 2;
  private static final int NUMBER = 3;
  private static final int TEXT = 4;
  private static final int NUMBERS = 8;
  private static final int TYPE = 20;
  private static final int TYPE_REAL = 1;
  private static final int TYPE_NUMBER = 2;
  private static final int TYPE_TEXT = 3;
  private static final int TYPE_NUMBERS = 7;

  private final ProtobufMessage fields = new ProtobufMessage();

  /** Adds a float. */
  Attributes real(String name, float value) {
    return add(name, TYPE_REAL, new ProtobufMessage().real(REAL, value));
  }

  /** Adds a whole number. */
  Attributes number(String name, long value) {
    return add(name, TYPE_NUMBER, new ProtobufMessage().number(NUMBER, value));
  }

  /** Adds a text. */
  Attributes text(String name, String value) {
    return add(name, TYPE_TEXT, new ProtobufMessage().text(TEXT, value));
  }

  /** Adds a list of whole numbers. */
  Attributes numbers(String name, long... values) {
    ProtobufMessage list = new ProtobufMessage();
    for (long value : values) {
      list.number(NUMBERS, value);
    }
    return add(name, TYPE_NUMBERS, list);
  }

  private Attributes add(String name, int type, ProtobufMessage value) {
    fields.message(
        NODE_ATTRIBUTE, new ProtobufMessage().text(NAME, name).fields(value).number(TYPE, type));
    return this;
  }

  /** Returns them as fields of a node. */
  ProtobufMessage fields() {
    return fields;
  }
}
