package org.roundel.cli.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/**
 * The physical memory of this process, Java heap and native code together.
 *
 * @param bytes how much
 * @param peak whether that is the most there ever was (Linux says so) or what there is now
 */
public record ProcessMemory(long bytes, boolean peak) {
  private static final String PEAK = "VmHWM:";

  /** Asks the operating system. */
  public static ProcessMemory read() {
    return read(Path.of("/proc/self/status"));
  }

  /** Reads Linux's status file of a process; without one, asks JavaCPP for the current size. */
  static ProcessMemory read(Path status) {
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(PEAK)) {
          String kibibytes = line.substring(PEAK.length()).replace("kB", "").strip();
          return new ProcessMemory(Long.parseLong(kibibytes) << 10, true);
        }
      }
    } catch (IOException | NumberFormatException notLinux) {
      // The other way is below.
    }
    return new ProcessMemory(Pointer.physicalBytes(), false);
  }
}
