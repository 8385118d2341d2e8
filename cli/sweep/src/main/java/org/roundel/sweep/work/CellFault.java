package org.roundel.sweep.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.OwnFile;
import org.roundel.sweep.cell.CellEnd;
import org.roundel.sweep.cell.CellOutcome;

/**
 * Why nobody goes on with a cell that is not finished.
 *
 * @param diverged whether its training diverged; else it failed in another way
 * @param begun whether it was trained before it failed; if not, the fault may be the machine's
 * @param message in words
 * @param host the machine where that was
 * @param attempt a random text: the same words again are another fault
 */
public record CellFault(
    boolean diverged, boolean begun, String message, String host, String attempt) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Messages are short. */
  private static final int LARGEST = 1 << 20;

  static CellFault of(CellEnd end, boolean begun, String host) {
    return new CellFault(
        end.outcome() == CellOutcome.DIVERGED,
        begun,
        end.message(),
        host,
        UUID.randomUUID().toString());
  }

  /** Returns whether nobody on a machine is to try the cell again. */
  boolean holdsOn(String machine) {
    return begun || host.equals(machine);
  }

  /** Returns the word for it. */
  public String word() {
    return diverged ? "diverged" : "failed";
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFiles.write(
          file,
          JSON.writeValueAsString(
                  JSON.createObjectNode()
                      .put("outcome", word())
                      .put("message", message)
                      .put("begun", begun)
                      .put("host", host)
                      .put("attempt", attempt))
              + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw IoFailure.unwritable(file, failed);
    }
  }

  /**
   * Reads what was recorded; null if nothing was. What is no JSON counts as a failure: such files
   * are written whole.
   *
   * @throws RoundelException if the file cannot be read, so that nothing is known of the cell
   */
  static @Nullable CellFault read(Path file) {
    byte[] bytes;
    try {
      bytes = OwnFile.read(file, LARGEST);
    } catch (NoSuchFileException nothing) {
      return null;
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s cannot be read, which says whether the cell is given up: %s. %s",
              file,
              IoFailure.reason(unreadable),
              IoFailure.ADVICE),
          unreadable);
    }
    try {
      JsonNode root = JSON.readTree(bytes);
      return new CellFault(
          root.path("outcome").asText().equals("diverged"),
          root.path("begun").asBoolean(true),
          root.path("message").asText(),
          root.path("host").asText(),
          root.path("attempt").asText());
    } catch (IOException damaged) {
      return new CellFault(false, true, file + " is damaged: it is no JSON", "", "");
    }
  }
}
