package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.event.FinalTest;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.DocumentCheck;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;
import org.roundel.core.run.JsonFile;
import org.roundel.core.run.RunDirectory;

/**
 * A run's {@code test.json}: what its best checkpoint does on the test images, in the fields of
 * {@link FinalTest}, with a {@link DocumentCheck}. Only runs with validation have it, from their
 * end on.
 */
public final class FinalTestFile {
  private static final JsonMapper JSON = new JsonMapper();

  /** What has no format is the same without a check. */
  private static final int FORMAT = 2;

  private static final int MOST_EPOCHS = 100_000;
  private static final int LONGEST_NAME = 100;
  private static final String ADVICE =
      "Delete it; 'roundel resume' then evaluates the run's best checkpoint anew";

  private FinalTestFile() {}

  /** Writes it, in the place of an earlier one. */
  static void write(RunDirectory directory, FinalTest result) {
    ObjectNode document = DocumentCheck.with(JSON.valueToTree(result), FORMAT);
    AtomicFiles.write(file(directory), document.toPrettyString() + "\n");
  }

  /**
   * Reads what is told of the test images after so many epochs.
   *
   * @param epochs how many epochs the run has done; after it has gone on, an earlier result is past
   * @return null if there is none
   * @throws RoundelException if the file is not what a run writes
   */
  static @Nullable FinalTest read(RunDirectory directory, int epochs) {
    Path file = file(directory);
    if (!Files.exists(file)) {
      return null;
    }
    FinalTest result = read(file);
    return result.epochs() == epochs ? result : null;
  }

  /** Reads one, of however many epochs. */
  static FinalTest read(Path file) {
    return JsonFile.read(file, ADVICE, root -> read(file, root));
  }

  /**
   * Returns what a file holds, of however many epochs.
   *
   * @param file for messages
   * @throws RoundelException if it is not what a run writes
   */
  public static FinalTest of(Path file, byte[] content) {
    return JsonFile.of(file, content, ADVICE, root -> read(file, root));
  }

  private static FinalTest read(Path file, JsonNode root) throws JsonFieldException {
    JsonFields fields = JsonFields.of(root);
    if (fields.has("format")) {
      fields.integer("format", FORMAT, FORMAT);
    }
    DocumentCheck.require(file, root, FORMAT, ADVICE);
    return new FinalTest(
        fields.integer("epochs", 1, MOST_EPOCHS),
        fields.integer("epoch", 1, MOST_EPOCHS),
        fields.text("checkpoint", LONGEST_NAME),
        HistoryLine.evaluation(fields.object("test")));
  }

  /** Returns where it is, or will be. */
  public static Path file(RunDirectory directory) {
    return directory.path().resolve(RunDirectory.TEST);
  }
}
