package org.roundel.cli.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names every run by as much of its path's end as tells it from the others. */
final class RunNames {
  private RunNames() {}

  /** Returns the names, in the order of the directories. */
  static List<String> of(List<Path> directories) {
    List<Path> paths = directories.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    @Nullable String[] names = new String[paths.size()];
    int unnamed = names.length;
    for (int parts = 1; unnamed > 0; parts++) {
      Map<Path, Integer> counts = new HashMap<>();
      for (Path path : paths) {
        counts.merge(end(path, parts), 1, Integer::sum);
      }
      for (int i = 0; i < names.length; i++) {
        Path path = paths.get(i);
        Path end = end(path, parts);
        // A whole path is the name of a directory that is given twice.
        if (names[i] == null && (counts.getOrDefault(end, 0) == 1 || end.equals(path))) {
          names[i] = end.toString();
          unnamed--;
        }
      }
    }
    List<String> result = new ArrayList<>();
    for (String name : names) {
      result.add(String.valueOf(name));
    }
    return result;
  }

  private static Path end(Path path, int parts) {
    int count = path.getNameCount();
    return parts >= count ? path : path.subpath(count - parts, count);
  }
}
