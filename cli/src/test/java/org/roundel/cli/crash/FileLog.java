package org.roundel.cli.crash;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a program did to its files, as {@link WatchedFiles} has logged it. */
final class FileLog {
  private FileLog() {}

  /**
   * One thing that was done.
   *
   * @param kind what, as the library in C calls it
   * @param file the number of the open file that it was done to
   * @param argument where a write begins, how long a file becomes, whether it is emptied
   * @param path of the file
   * @param renamed its new path
   * @param bytes what was written
   */
  record Operation(
      String kind, long file, long argument, String path, String renamed, byte[] bytes) {}

  /** Reads a log. */
  static List<Operation> read(Path log) throws IOException {
    List<Operation> operations = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(log)))) {
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] parts = line.split("\t", -1);
        boolean write = parts[0].equals("write");
        byte[] bytes = new byte[write ? Integer.parseInt(parts[4]) : 0];
        in.readFully(bytes);
        operations.add(
            new Operation(
                parts[0],
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                parts[3],
                write ? "" : parts[4],
                bytes));
      }
    }
    return operations;
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
