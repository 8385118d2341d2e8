package org.roundel.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.roundel.core.RoundelException;

/**
 * The check of a file that is one JSON object with a format: the field {@code "check"}, the SHA-256
 * of the rest as compact JSON. So it says whether a value was altered, and not how the file is laid
 * out. Formats from a first one on have it.
 */
public final class DocumentCheck {
  private static final String FIELD = "check";
  private static final String FORMAT_FIELD = "format";
  private static final JsonMapper JSON = new JsonMapper();

  private DocumentCheck() {}

  /**
   * Returns a document with a format and its check.
   *
   * @param format one that has a check
   */
  public static ObjectNode with(ObjectNode document, int format) {
    ObjectNode checked = JSON.createObjectNode().put(FORMAT_FIELD, format);
    checked.setAll(document.deepCopy());
    checked.put(FORMAT_FIELD, format);
    checked.remove(FIELD);
    checked.put(FIELD, sum(checked));
    return checked;
  }

  /**
   * Requires that a document is as it was written; one of an earlier format, or of none, has no
   * check.
   *
   * @param first the first format that has a check
   * @param advice what to do about one that was altered, as a sentence without a full stop
   * @throws RoundelException of kind CONFIGURATION if it is not
   */
  public static void require(Path file, JsonNode document, int first, String advice) {
    if (!(document instanceof ObjectNode object)
        || (object.path(FORMAT_FIELD).asInt() < first && !object.has(FIELD))) {
      return;
    }
    ObjectNode rest = object.deepCopy();
    JsonNode found = rest.remove(FIELD);
    if (found == null || !found.asText().equals(sum(rest))) {
      throw JsonFile.damaged(file, "was altered: it is not what its check was made of", advice);
    }
  }

  /** Numbers are read first, so that it does not matter how wide they were in memory. */
  private static String sum(ObjectNode rest) {
    try {
      return Sha256.of(JSON.readTree(rest.toString()).toString());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("JSON that was just written", impossible);
    }
  }
}
