package org.roundel.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Reads the small JSON files of a run, which anybody may have changed. */
public final class JsonFile {
  private static final long LARGEST = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /** Makes something of what a file holds. */
  @FunctionalInterface
  public interface Content<T> {
    T of(JsonNode root) throws JsonFieldException;
  }

  @FunctionalInterface
  private interface Source {
    JsonNode root() throws IOException, JsonFieldException;
  }

  /**
   * Reads a file, whose size is checked first.
   *
   * @param advice what to do about a damaged one, as a sentence without a full stop
   * @throws RoundelException of kind CONFIGURATION if it cannot be read, has more than 1 MiB, is no
   *     JSON, or a field is not what a run writes; and what {@code content} throws
   */
  public static <T> T read(Path file, String advice, Content<T> content) {
    return read(
        file,
        advice,
        content,
        () -> {
          OwnFile.requireNoPipe(file);
          long size = Files.size(file);
          if (size > LARGEST) {
            throw new JsonFieldException("has " + size + " bytes; allowed: at most " + LARGEST);
          }
          return JSON.readTree(file.toFile());
        });
  }

  /**
   * Does as {@link #read(Path, String, Content)} with a file that was read.
   *
   * @param bytes what the file holds
   */
  public static <T> T of(Path file, byte[] bytes, String advice, Content<T> content) {
    return read(file, advice, content, () -> JSON.readTree(bytes));
  }

  private static <T> T read(Path file, String advice, Content<T> content, Source source) {
    try {
      return content.of(source.root());
    } catch (JsonFieldException wrong) {
      throw damaged(file, wrong.fault(), advice);
    } catch (JsonProcessingException malformed) {
      throw damaged(file, JsonFault.describe(malformed), advice);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file + " cannot be read: " + IoFailure.reason(unreadable) + ". Check the path.",
          unreadable);
    }
  }

  /** Returns the refusal of a file that has a fault. */
  public static RoundelException damaged(Path file, String fault, String advice) {
    return new RoundelException(ErrorKind.CONFIGURATION, file + " " + fault + ". " + advice);
  }
}
