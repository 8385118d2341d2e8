package org.roundel.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the distribution's NOTICE: what is whose, under which licence, and where its text is. */
final class Notice {
  private final StringBuilder text = new StringBuilder();

  Notice() {
    line("Roundel");
    line("");
    line(
        "Roundel itself, all JARs whose names begin with \"roundel-\", is under the Apache License 2.0,");
    line(
        "in the file LICENSE. It carries the works of others that are listed here. Where a work may be");
    line(
        "had under one of several licences (OR), you have the same choice. licenses/ has the text of each");
    line("licence, and in a directory for a JAR what that says itself; sbom.json has the hashes.");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Adds the JARs of others, each with its places, and with what it says of its licence. */
  Notice jars(Map<Dependency, List<String>> places, Map<Dependency, Set<String>> texts) {
    line("");
    line("JARs");
    places.forEach(
        (dependency, files) -> {
          line("");
          line(String.join(", ", files));
          line("  " + dependency.coordinates());
          line("  licence: " + dependency.licence());
          if (!dependency.copyright().isEmpty()) {
            line("  " + dependency.copyright());
          }
          for (String name : texts.getOrDefault(dependency, Set.of())) {
            line("  text: licenses/" + directory(dependency) + "/" + name);
          }
        });
    return this;
  }

  /** Adds Roundel's own JARs in which there are works of others. */
  Notice own(Map<String, Set<String>> texts) {
    line("");
    line("Works of others inside Roundel's own JARs");
    texts.forEach(
        (file, names) -> {
          line("");
          line(file);
          names.forEach(name -> line("  text: licenses/" + directory(file) + "/" + name));
        });
    return this;
  }

  /** Adds the native libraries. */
  Notice natives(Map<String, NativeKind> natives) {
    line("");
    line("Native libraries");
    natives.forEach(
        (file, kind) -> {
          line("");
          line(file);
          line("  " + kind.what());
          line("  licence: " + kind.licence());
        });
    return this;
  }

  /** Returns the directory below licenses/ for what a JAR says itself. */
  static String directory(Dependency dependency) {
    return directory(dependency.fileName());
  }

  /** Returns the same for a JAR in the distribution. */
  static String directory(String jar) {
    return Distribution.fileName(jar).replaceFirst("\\.jar$", "");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
