package org.roundel.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.roundel.core.RoundelException;

/**
 * The check of a run's manifest: the field {@code "check"}, the SHA-256 of the rest as compact
 * JSON. So it says whether a value was altered, and not how the file is laid out.
 */
public final class ManifestCheck {
  private static final String FIELD = "check";
  private static final String FORMAT_FIELD = "format";

  /** The first format of a manifest that has it. */
  private static final int FIRST_FORMAT = 3;

  private static final JsonMapper JSON = new JsonMapper();

  private ManifestCheck() {}

  /** Returns a document with its check, in the format that has one. */
  public static ObjectNode with(ObjectNode document) {
    ObjectNode checked = document.deepCopy();
    checked.put(FORMAT_FIELD, FIRST_FORMAT);
    checked.remove(FIELD);
    checked.put(FIELD, sum(checked));
    return checked;
  }

  /**
   * Requires that a document is as it was written; one of an earlier format has no check.
   *
   * @throws RoundelException of kind CONFIGURATION if it is not
   */
  public static void require(Path file, JsonNode document) {
    if (!(document instanceof ObjectNode object)
        || object.path(FORMAT_FIELD).asInt() < FIRST_FORMAT) {
      return;
    }
    ObjectNode rest = object.deepCopy();
    JsonNode found = rest.remove(FIELD);
    if (found == null || !found.asText().equals(sum(rest))) {
      throw JsonFile.damaged(
          file,
          "was altered: it is not what its check was made of",
          "Restore the file as the run wrote it, from a copy; for another run with other settings,"
              + " copy the run's config.yaml and give it to 'roundel train --config FILE'");
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
