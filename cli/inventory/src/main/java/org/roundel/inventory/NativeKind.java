package org.roundel.inventory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a native library is, by its name.
 *
 * @param name without {@code lib} in front and what follows the first point; ends with a star for
 *     any end
 * @param licence an SPDX expression
 * @param what what it is, and who has the copyright
 */
record NativeKind(String name, String licence, String what) {
  static List<NativeKind> read(Path file) throws IOException {
    List<NativeKind> all = new ArrayList<>();
    for (String[] fields : Dependency.readFields(file, 3, 3)) {
      all.add(new NativeKind(fields[0], fields[1], fields[2]));
    }
    return all;
  }

  /** Returns the first kind that a file is of. */
  static Optional<NativeKind> of(String fileName, List<NativeKind> kinds) {
    String bare = fileName.replaceFirst("^lib", "").replaceFirst("\\..*", "");
    return kinds.stream().filter(kind -> kind.fits(bare)).findFirst();
  }

  private boolean fits(String bare) {
    return name.endsWith("*")
        ? bare.startsWith(name.substring(0, name.length() - 1))
        : bare.equals(name);
  }
}
