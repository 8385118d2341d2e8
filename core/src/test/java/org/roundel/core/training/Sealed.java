package org.roundel.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.roundel.core.run.ManifestCheck;

/** Files of a run with the check that a run of their content would have written. */
final class Sealed {
  private static final JsonMapper JSON = new JsonMapper();

  private Sealed() {}

  static String manifest(String altered) throws JsonProcessingException {
    return ManifestCheck.with((ObjectNode) JSON.readTree(altered)).toPrettyString();
  }
}
