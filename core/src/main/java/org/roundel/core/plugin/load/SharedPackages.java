package org.roundel.core.plugin.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.Distribution;

/**
 * Packages whose classes plugins take from the program, if it has them; documented for plugin
 * authors.
 *
 * @param prefixes what the names of their classes begin with, a dot at the end
 */
public record SharedPackages(List<String> prefixes) {
  /** What plugin and core exchange, and the libraries with native code below it. */
  private static final List<String> OF_THE_CORE =
      List.of("org.roundel.api.", "org.nd4j.", "org.bytedeco.", "org.slf4j.", "org.jspecify.");

  /** Copies the list. */
  public SharedPackages {
    prefixes = List.copyOf(prefixes);
  }

  /** Returns the core's own and those of the program that the core is a part of. */
  public static SharedPackages ofTheProgram() {
    List<String> prefixes = new ArrayList<>(OF_THE_CORE);
    prefixes.addAll(Distribution.sharedPackages());
    return new SharedPackages(prefixes);
  }

  /** Returns whether a class is in one of them, or below. */
  boolean include(String className) {
    return prefixOf(className) != null;
  }

  /** Returns the prefix that a class's name begins with, or null if it has none. */
  public @Nullable String prefixOf(String className) {
    for (String prefix : prefixes) {
      if (className.startsWith(prefix)) {
        return prefix;
      }
    }
    return null;
  }
}
