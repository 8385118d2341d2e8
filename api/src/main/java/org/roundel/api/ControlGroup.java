package org.roundel.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group of Linux: a directory whose files say what its processes may use, and do use.
 *
 * <p>There are two versions, and a machine may have both. Nothing that is read is believed: where a
 * file is missing, too long or no number, there is no limit. Source: the Linux kernel's {@code
 * Documentation/admin-guide/cgroup-v1/memory.rst} and {@code cgroup-v2.rst}.
 *
 * @param directory where its files are
 * @param second whether it is of version 2
 */
record ControlGroup(Path directory, boolean second) {
  private static final int LONGEST_FILE = 1 << 20;

  /** In version 1, no limit is a number just below 2⁶³. */
  private static final long NO_LIMIT = 1L << 60;

  /**
   * Where groups are mounted.
   *
   * @param top the group that is at the mount's point; a container sees its own there
   */
  private record Mount(Path point, String top, boolean second) {}

  /** Returns the groups that this process is in, with all around them that can be seen. */
  static List<ControlGroup> ofProcess(Path root) {
    List<ControlGroup> groups = new ArrayList<>();
    List<String> places = lines(root.resolve("proc/self/cgroup"));
    for (String line : lines(root.resolve("proc/self/mountinfo"))) {
      Mount mount = mount(root, line);
      String place = mount == null ? null : place(places, mount.second);
      if (mount == null || place == null) {
        continue;
      }
      Path directory = directory(mount, place);
      while (directory != null && directory.startsWith(mount.point)) {
        groups.add(new ControlGroup(directory, mount.second));
        directory = directory.getParent();
      }
    }
    return groups;
  }

  /** A line is {@code number:controllers:place}; of version 2, {@code 0::place}. */
  private static @Nullable String place(List<String> lines, boolean second) {
    for (String line : lines) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && (second
              ? line.startsWith("0::")
              : Arrays.asList(parts[1].split(",")).contains("memory"))) {
        return parts[2];
      }
    }
    return null;
  }

  /** Source: the manual page proc_pid_mountinfo(5). */
  private static @Nullable Mount mount(Path root, String line) {
    int separator = line.indexOf(" - ");
    if (separator < 0) {
      return null;
    }
    String[] left = line.substring(0, separator).split(" ");
    String[] right = line.substring(separator + 3).split(" ");
    if (left.length < 5) {
      return null;
    }
    boolean second = right[0].equals("cgroup2");
    boolean first =
        right[0].equals("cgroup")
            && Arrays.asList(right[right.length - 1].split(",")).contains("memory");
    if (!first && !second) {
      return null;
    }
    try {
      return new Mount(root.resolve(unescaped(left[4]).substring(1)), unescaped(left[3]), second);
    } catch (InvalidPathException | StringIndexOutOfBoundsException malformed) {
      return null;
    }
  }

  /** A blank is written as its number in three octal digits. */
  private static String unescaped(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  /** A place that is not below what is mounted cannot be seen; its limits may be those on top. */
  private static Path directory(Mount mount, String place) {
    String below = null;
    if (mount.top.equals("/")) {
      below = place;
    } else if (place.equals(mount.top) || place.startsWith(mount.top + "/")) {
      below = place.substring(mount.top.length());
    }
    if (below == null || !below.startsWith("/") || below.contains("/..")) {
      return mount.point;
    }
    try {
      return mount.point.resolve(below.substring(1));
    } catch (InvalidPathException malformed) {
      return mount.point;
    }
  }

  /** Returns this group's own limit; null if it has none. */
  @Nullable MemoryLimit memoryLimit() {
    Path file = directory.resolve(second ? "memory.max" : "memory.limit_in_bytes");
    List<String> statistics = lines(directory.resolve("memory.stat"));
    long bytes = number(file, NO_LIMIT);
    if (second) {
      // Above this, processes are slowed down until nothing moves.
      Path high = directory.resolve("memory.high");
      if (number(high, NO_LIMIT) < bytes) {
        bytes = number(high, NO_LIMIT);
        file = high;
      }
    } else {
      // Of groups further out, too, that a container does not see.
      bytes = Math.min(bytes, statistic(statistics, "hierarchical_memory_limit", NO_LIMIT));
    }
    if (bytes >= NO_LIMIT) {
      return null;
    }
    long used = number(directory.resolve(second ? "memory.current" : "memory.usage_in_bytes"), 0);
    return new MemoryLimit(bytes, Math.max(0, bytes - used + droppable(statistics)), file);
  }

  /** Copies of files, except those that programs have mapped. */
  private long droppable(List<String> statistics) {
    String inner = second ? "" : "total_";
    String mapped = second ? "file_mapped" : "total_mapped_file";
    return Math.max(
        0,
        statistic(statistics, inner + "active_file", 0)
            + statistic(statistics, inner + "inactive_file", 0)
            - statistic(statistics, mapped, 0));
  }

  private static long statistic(List<String> lines, String name, long otherwise) {
    for (String line : lines) {
      if (line.startsWith(name + " ")) {
        return number(line.substring(name.length() + 1), otherwise);
      }
    }
    return otherwise;
  }

  private static long number(Path file, long otherwise) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? otherwise : number(lines.get(0), otherwise);
  }

  private static long number(String text, long otherwise) {
    try {
      long number = Long.parseLong(text.strip());
      return number < 0 ? otherwise : number;
    } catch (NumberFormatException noNumber) {
      return otherwise;
    }
  }

  private static List<String> lines(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_FILE);
      return new String(content, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException | SecurityException unreadable) {
      return List.of();
    }
  }
}
