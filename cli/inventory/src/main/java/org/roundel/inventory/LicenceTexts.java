package org.roundel.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The texts of licences: those that many works share, and those that a JAR carries itself. */
final class LicenceTexts {
  private static final Pattern OPERATORS = Pattern.compile(" (?:AND|OR|WITH) ");

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:.*/)?[^/]*(?:LICEN[CS]E|NOTICE|COPYING)[^/]*|META-INF/licen[cs]es?/.*[^/]",
          Pattern.CASE_INSENSITIVE);

  private LicenceTexts() {}

  /** Returns the licences and exceptions that SPDX expressions name, without their parentheses. */
  static Set<String> identifiers(Collection<String> expressions) {
    Set<String> all = new TreeSet<>();
    for (String expression : expressions) {
      all.addAll(Arrays.asList(OPERATORS.split(expression.replaceAll("[()]", ""))));
    }
    return all;
  }

  /** Copies the texts of licences and returns which have none. */
  static Set<String> copy(Set<String> identifiers, Path from, Path to) throws IOException {
    Set<String> missing = new TreeSet<>();
    Files.createDirectories(to);
    for (String identifier : identifiers) {
      Path text = from.resolve(identifier + ".txt");
      if (Files.exists(text)) {
        Files.write(to.resolve(identifier + ".txt"), Files.readAllBytes(text));
      } else {
        missing.add(identifier);
      }
    }
    return missing;
  }

  /** Copies what a JAR says of its licence, and returns the names of the copies. */
  static Set<String> copyFrom(Path jar, Path to) throws IOException {
    Map<String, byte[]> texts = in(jar);
    if (texts.isEmpty()) {
      return Collections.emptySet();
    }
    Files.createDirectories(to);
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, byte[]> text : texts.entrySet()) {
      // Two of one name lie in different directories of the JAR.
      String name = text.getKey().replaceFirst("^META-INF/", "").replace('/', '-');
      Files.write(to.resolve(name), text.getValue());
      names.add(name);
    }
    return names;
  }

  private static Map<String, byte[]> in(Path jar) throws IOException {
    Map<String, byte[]> texts = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (!entry.isDirectory() && ENTRY.matcher(name).matches() && !name.endsWith(".class")) {
          try (InputStream in = zip.getInputStream(entry)) {
            texts.put(name, in.readAllBytes());
          }
        }
      }
    }
    return texts;
  }
}
