package org.roundel.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's history: a file with one JSON object per line, to which lines are appended, each with a
 * {@link LineCheck}.
 *
 * <p>A checkpoint records {@link #length()} after {@link #force()}; a resumed run calls {@link
 * #truncateTo} with it, so that the lines it writes again do not stand there twice. Not for use by
 * several threads at a time.
 */
public final class HistoryFile implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(HistoryFile.class);
  private static final int BLOCK_BYTES = 1 << 13;

  /** What is read into memory as a whole; ten thousand epochs of the deepest nets are less. */
  private static final long LARGEST = 1 << 28;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;
  private final RandomAccessFile file;

  private HistoryFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a history to append to, makes it where it is missing, and removes a last line that a
   * crash has cut short.
   *
   * @throws RoundelException if the file cannot be written, or is a link, through which another's
   *     would be cut
   */
  public static HistoryFile open(Path path) {
    OwnFile.requireWritable(path);
    try {
      HistoryFile history = new HistoryFile(path, new RandomAccessFile(path.toFile(), "rw"));
      history.cutToLine(history.file.length());
      return history;
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /**
   * Appends a line and hands it to the operating system.
   *
   * @param line with a field at least
   * @throws RoundelException if the line cannot be written; nothing of it is left then
   */
  public void append(ObjectNode line) {
    byte[] bytes = (LineCheck.with(line.toString()) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      long end = file.length();
      try {
        file.seek(end);
        file.write(bytes);
      } catch (IOException failed) {
        file.setLength(end);
        throw failed;
      }
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /**
   * Puts all lines on the disk.
   *
   * @throws RoundelException if that fails
   */
  public void force() {
    try {
      file.getFD().sync();
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /** Returns the length in bytes. */
  public long length() {
    try {
      return file.length();
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /**
   * Removes the lines after a length that a checkpoint has recorded.
   *
   * <p>A run can go on without the lines of its past: where the file is shorter, or no line ends
   * there, the whole lines up to that length stay and a warning is logged.
   *
   * @param length in bytes, not negative
   * @throws RoundelException if the file cannot be written
   */
  public void truncateTo(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("length " + length);
    }
    try {
      long found = file.length();
      long kept = cutToLine(Math.min(length, found));
      if (kept != length) {
        logger.warn(
            "{} was altered: it has {} bytes, and the checkpoint was written after {} of them. "
                + "The first {} are kept, so lines may be missing; restore the file from a copy.",
            path,
            found,
            length,
            kept);
      }
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }

  /** Cuts the file after the last line that ends at or before a length, and returns its end. */
  private long cutToLine(long length) throws IOException {
    long end = length;
    byte[] block = new byte[BLOCK_BYTES];
    while (end > 0) {
      int count = (int) Math.min(BLOCK_BYTES, end);
      file.seek(end - count);
      file.readFully(block, 0, count);
      int last = count - 1;
      while (last >= 0 && block[last] != '\n') {
        last--;
      }
      end -= count - 1 - last;
      if (last >= 0) {
        break;
      }
    }
    if (end < file.length()) {
      file.setLength(end);
    }
    return end;
  }

  /**
   * Reads all lines of a history, which may be in use, without their checks. A last line without
   * its end is left out; a file that does not exist has no lines.
   *
   * @throws RoundelException if the file cannot be read, or a line is not a JSON object, or not as
   *     it was written
   */
  public static List<ObjectNode> read(Path path) {
    List<ObjectNode> lines = new ArrayList<>();
    try {
      if (!Files.exists(path)) {
        return lines;
      }
      OwnFile.requireNoPipe(path);
      if (Files.size(path) > LARGEST) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "%s has %s bytes; allowed: at most %s. Restore the file from a copy.",
                path,
                Files.size(path),
                LARGEST));
      }
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      boolean checked = false;
      int begin = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
        String line = text.substring(begin, end);
        ObjectNode object = parse(path, lines.size() + 1, line);
        checked |= requireCheck(path, lines.size() + 1, line, checked);
        object.remove(LineCheck.FIELD);
        lines.add(object);
        begin = end + 1;
      }
      return lines;
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          path + " cannot be read: " + IoFailure.reason(failed) + ".",
          failed);
    }
  }

  private static ObjectNode parse(Path path, int number, String line) {
    String fault = "it is not a JSON object";
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException malformed) {
      fault = "it " + JsonFault.describe(malformed);
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "%s, line %s is damaged: %s. Every line is one JSON object. Restore the file from a"
                + " copy, or delete the line.",
            path,
            number,
            fault));
  }

  /**
   * Requires that a line is as it was written.
   *
   * @param all whether every line from here on has a check, because an earlier one has
   * @return whether this one has
   */
  private static boolean requireCheck(Path path, int number, String line, boolean all) {
    LineCheck.Verdict verdict = LineCheck.of(line);
    if (verdict == LineCheck.Verdict.ALTERED || (all && verdict != LineCheck.Verdict.SOUND)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s, line %s was altered: it is not what its check was made of. Restore the file from"
                  + " a copy, or delete the line.",
              path,
              number));
    }
    return verdict == LineCheck.Verdict.SOUND;
  }

  /**
   * Closes the file, without putting it on the disk.
   *
   * @throws RoundelException if that fails
   */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failed) {
      throw IoFailure.unwritable(path, failed);
    }
  }
}
