package org.roundel.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JAR of others, a line of the list.
 *
 * @param sha256 its hash, 64 lower-case hexadecimal digits
 * @param coordinates {@code group:artifact:version}, and {@code :classifier} if it has one
 * @param licence an SPDX expression, or {@value #NEVER_SHIPPED}
 * @param copyright whose it is; empty where the JAR itself says so
 */
record Dependency(String sha256, String coordinates, String licence, String copyright) {
  /** In place of a licence: the build uses it, and nobody gets it. */
  static final String NEVER_SHIPPED = "-";

  static final String SEPARATOR = " | ";

  /** Reads a list of lines with fields; empty lines and comments are left out. */
  static List<String[]> readFields(Path file, int least, int most) throws IOException {
    List<String[]> all = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split(" \\| ", -1);
      if (fields.length < least || fields.length > most) {
        throw new IOException(
            file
                + ", line "
                + number
                + ": "
                + fields.length
                + " fields between ' | '; allowed: "
                + least
                + " to "
                + most);
      }
      all.add(fields);
    }
    return all;
  }

  static List<Dependency> read(Path file) throws IOException {
    List<Dependency> all = new ArrayList<>();
    for (String[] fields : readFields(file, 3, 4)) {
      int colons = fields[1].split(":", -1).length;
      if (!fields[0].matches("[0-9a-f]{64}") || colons < 3 || colons > 4) {
        throw new IOException(
            file + ": no SHA-256 and coordinates: " + String.join(SEPARATOR, fields));
      }
      all.add(new Dependency(fields[0], fields[1], fields[2], fields.length == 4 ? fields[3] : ""));
    }
    return all;
  }

  private String part(int index) {
    String[] parts = coordinates.split(":", -1);
    return index < parts.length ? parts[index] : "";
  }

  String group() {
    return part(0);
  }

  String artifact() {
    return part(1);
  }

  String version() {
    return part(2);
  }

  String classifier() {
    return part(3);
  }

  boolean isShipped() {
    return !licence.equals(NEVER_SHIPPED);
  }

  String fileName() {
    String end = classifier().isEmpty() ? "" : "-" + classifier();
    return artifact() + "-" + version() + end + ".jar";
  }

  /** Returns the package URL, by which lists of vulnerabilities know it. */
  String packageUrl() {
    String end = classifier().isEmpty() ? "?type=jar" : "?classifier=" + classifier() + "&type=jar";
    return "pkg:maven/" + group() + "/" + artifact() + "@" + version() + end;
  }

  /** Returns where Maven keeps it. */
  Path in(Path repository) {
    return repository
        .resolve(group().replace('.', '/'))
        .resolve(artifact())
        .resolve(version())
        .resolve(fileName());
  }
}
