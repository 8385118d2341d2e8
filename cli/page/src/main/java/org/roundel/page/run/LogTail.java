package org.roundel.page.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.roundel.core.run.OwnFile;

/**
 * The last lines of a run's log.
 *
 * @param size how many bytes the whole file has
 * @param lines the last of its lines, in order
 */
public record LogTail(long size, List<String> lines) {
  private static final int BYTES = 1 << 15;
  private static final int LINES = 200;

  /** Reads a log; one that cannot be read has no lines. */
  public static LogTail read(Path file) {
    try (FileChannel channel = OwnFile.open(file)) {
      long size = channel.size();
      long from = Math.max(0, size - BYTES);
      ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
        // Until all is there.
      }
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      // The first line may have begun before, in the middle of a character.
      String whole = from == 0 ? text : text.substring(text.indexOf('\n') + 1);
      List<String> lines = whole.lines().toList();
      return new LogTail(size, lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException none) {
      return new LogTail(0, List.of());
    }
  }
}
