package org.roundel.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.roundel.core.RoundelException;

/** The {@link DocumentCheck} of a run's manifest. */
public final class ManifestCheck {
  /** The first format of a manifest that has it. */
  private static final int FIRST_FORMAT = 3;

  private static final String ADVICE =
      "Restore the file as the run wrote it, from a copy; for another run with other settings, copy"
          + " the run's config.yaml and give it to 'roundel train --config FILE'";

  private ManifestCheck() {}

  /** Returns a document with its check, in the format that has one. */
  public static ObjectNode with(ObjectNode document) {
    return DocumentCheck.with(document, FIRST_FORMAT);
  }

  /**
   * Requires that a document is as it was written; one of an earlier format has no check.
   *
   * @throws RoundelException of kind CONFIGURATION if it is not
   */
  public static void require(Path file, JsonNode document) {
    DocumentCheck.require(file, document, FIRST_FORMAT, ADVICE);
  }
}
