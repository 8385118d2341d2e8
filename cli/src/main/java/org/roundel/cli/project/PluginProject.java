package org.roundel.cli.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.ComponentKind;

/**
 * A complete Maven project of one plugin with one component, made from the templates beside this
 * class. Words between {@code @} signs in a template stand for what the author chose.
 *
 * @param name the component's name, which is the project's too; it matches {@link
 *     org.roundel.api.ComponentFactory#NAME_PATTERN}
 * @param kind what the component is
 * @param packageName the Java package of its class
 * @param version the version of Roundel to build against
 * @param home where Roundel is installed; an absolute path
 */
public record PluginProject(
    String name, ComponentKind kind, String packageName, String version, Path home) {
  private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Z_]+)@");

  /** Returns where the class is that the author begins with. */
  public String startingPoint() {
    return "src/main/java/" + path() + "/" + className() + "Plugin.java";
  }

  /**
   * Writes the project.
   *
   * @param directory where it goes; made where it is missing
   * @return the files that were written, relative to the directory
   * @throws IOException if a file cannot be written, or is there already
   */
  public List<String> write(Path directory) throws IOException {
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.writeString(target, file.getValue(), StandardOpenOption.CREATE_NEW);
      written.add(file.getKey());
    }
    return written;
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", filled("pom.xml"));
    files.put(startingPoint(), filled(kind.word() + ".java"));
    files.put(
        "src/main/resources/META-INF/services/" + RoundelPlugin.class.getName(),
        filled("services"));
    files.put(
        "src/test/java/" + path() + "/" + className() + "PluginTest.java",
        filled(kind.word() + "-test.java"));
    files.put("README.md", filled("README.md"));
    files.put(".gitignore", filled("gitignore"));
    return files;
  }

  private String filled(String template) {
    String text = text(template);
    boolean xml = template.endsWith(".xml");
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), xml)));
  }

  private String value(String placeholder, boolean xml) {
    return switch (placeholder) {
      case "NAME" -> name;
      case "KIND" -> kind.word();
      case "USE" -> ComponentUse.command(kind, name);
      case "CLASS" -> className();
      case "PACKAGE" -> packageName;
      case "PATH" -> path();
      case "VERSION" -> version;
      case "HOME" -> xml ? escaped(homeInUrl()) : home.toString();
      // The toolkit for nets brings the interface along.
      case "SPI" -> kind == ComponentKind.MODEL ? "roundel-dl4j" : "roundel-api";
      case "SPI_VERSION" -> Integer.toString(RoundelPlugin.SPI_VERSION);
      default -> throw new IllegalStateException("a template has the placeholder " + placeholder);
    };
  }

  /** Returns the name as part of a Java name: {@code power-of-two} is {@code PowerOfTwo}. */
  private String className() {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("-")) {
      if (!word.isEmpty()) {
        words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return words.toString();
  }

  private String path() {
    return packageName.replace('.', '/');
  }

  /** Returns the installation's path as it stands behind {@code file://}, on Windows too. */
  private String homeInUrl() {
    String path = home.toString().replace('\\', '/');
    return path.startsWith("/") ? path : "/" + path;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String text(String template) {
    try (InputStream in = PluginProject.class.getResourceAsStream(template)) {
      byte[] bytes = Objects.requireNonNull(in, template).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
