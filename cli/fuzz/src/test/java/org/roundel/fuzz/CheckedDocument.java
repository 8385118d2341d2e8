package org.roundel.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.roundel.core.run.DocumentCheck;

/** JSON documents that end with a check, which would turn away whatever was altered. */
public final class CheckedDocument {
  private static final JsonMapper JSON = new JsonMapper();

  private CheckedDocument() {}

  /**
   * Gives an object of a format its check; returns other bytes as they are, so that those without
   * one and those that are no JSON are read, too.
   *
   * @param format the one that has a check
   */
  public static byte[] mended(byte[] input, int format) {
    try {
      if (JSON.readTree(input) instanceof ObjectNode object
          && object.path("format").asInt() == format) {
        return DocumentCheck.with(object, format).toString().getBytes(StandardCharsets.UTF_8);
      }
    } catch (IOException notJson) {
      // It is for the reader to say so.
    }
    return input;
  }
}
