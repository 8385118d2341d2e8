package org.roundel.page.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.LineCheck;
import org.roundel.core.run.OwnFile;

/**
 * The next lines of a run's history that somebody has not seen, not too many at a time.
 *
 * <p>The file may be in use: a last line without its end is left for later. A line that is damaged
 * is named and left out, so that the others can be looked at.
 *
 * @param from where in the file they begin, in bytes; 0 if the file is shorter than what was seen
 * @param next where the lines after them begin
 * @param epochs the lines
 * @param problems what cannot be shown, and why
 */
public record HistoryPart(long from, long next, List<JsonNode> epochs, Problems problems) {
  /** As many viewers as there are may each have a part in memory, beside a training. */
  private static final int PART_BYTES = 1 << 17;

  /** An epoch of a net with a hundred layers has a line of 100 kB. */
  private static final int LONGEST_LINE = 1 << 21;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads on.
   *
   * @param seen how many bytes of the file were seen; not negative
   */
  public static HistoryPart read(Path file, long seen) {
    try (FileChannel channel = OwnFile.open(file)) {
      long size = channel.size();
      long from = seen > size ? 0 : seen;
      int length = PART_BYTES;
      while (true) {
        byte[] bytes = bytes(channel, from, (int) Math.min(length, size - from));
        int end = lastLineEnd(bytes);
        if (end > 0) {
          return parse(file, from, new String(bytes, 0, end, StandardCharsets.UTF_8), end);
        }
        if (bytes.length < length) {
          return new HistoryPart(from, from, List.of(), Problems.NONE);
        }
        if (length >= LONGEST_LINE) {
          String problem = file.getFileName() + " has a line of more than " + length + " bytes";
          return new HistoryPart(from, size, List.of(), Problems.of(problem));
        }
        length *= 2;
      }
    } catch (NoSuchFileException none) {
      return new HistoryPart(0, 0, List.of(), Problems.NONE);
    } catch (IOException unreadable) {
      String problem = file.getFileName() + " cannot be read: " + IoFailure.reason(unreadable);
      return new HistoryPart(seen, seen, List.of(), Problems.of(problem));
    }
  }

  private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // Until all is there; a file that was cut meanwhile has less.
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static int lastLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static HistoryPart parse(Path file, long from, String text, int bytes) {
    List<JsonNode> epochs = new ArrayList<>();
    Problems problems = Problems.NONE;
    for (String line : text.split("\n")) {
      JsonNode epoch = epoch(line);
      if (epoch == null) {
        String start = line.length() > 40 ? line.substring(0, 40) + "…" : line;
        problems = problems.and(file.getFileName() + " has a line that is damaged: " + start);
      } else {
        epochs.add(epoch);
      }
    }
    return new HistoryPart(from, from + bytes, epochs, problems);
  }

  /** Returns what a line says, with an error at least; null if it is damaged. */
  private static @Nullable JsonNode epoch(String line) {
    // Without the cost of an exception for each line of a file that is something else.
    if (!line.startsWith("{") || LineCheck.of(line) == LineCheck.Verdict.ALTERED) {
      return null;
    }
    try {
      JsonNode epoch = JSON.readTree(line);
      boolean whole =
          epoch.path("epoch").isInt()
              && epoch.path("train").isObject()
              && evaluated(epoch).path("error").isNumber();
      return whole ? epoch : null;
    } catch (JsonProcessingException malformed) {
      return null;
    }
  }

  /** Returns what an epoch says of the test images, or of those held out where there are any. */
  static JsonNode evaluated(JsonNode epoch) {
    return epoch.path(epoch.has("validation") ? "validation" : "test");
  }

  /** Returns it as the page gets it. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode().put("from", from).put("next", next);
    json.putArray("epochs").addAll(epochs);
    ArrayNode told = json.putArray("problems");
    problems.texts().forEach(told::add);
    return json;
  }
}
