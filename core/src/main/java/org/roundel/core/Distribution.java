package org.roundel.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/**
 * What the program that the core is a part of brings along: which components are its defaults, and
 * which packages its plugins share. The core itself knows no plugin and no toolkit.
 *
 * <p>It is the resource {@value #RESOURCE} of the class path that the core is on. Without it there
 * are no defaults, and nothing is shared but what the core shares by itself.
 */
public final class Distribution {
  /** The resource's name; of the form that {@link Properties} reads, in UTF-8. */
  public static final String RESOURCE = "roundel-distribution.properties";

  private static final Properties PROPERTIES = read();

  private Distribution() {}

  /**
   * Returns the component that a run has where nobody says which.
   *
   * @param setting the setting that selects it, as in {@code model}
   * @return its name; empty if there is no default
   */
  public static String defaultOf(String setting) {
    return PROPERTIES.getProperty("default." + setting, "");
  }

  /** Returns a setting of a run with its value, as an example for users. */
  public static String exampleSetting() {
    return PROPERTIES.getProperty("example.setting", "epochs: 20");
  }

  /** Returns the packages that plugins share with the program, each with the dot at its end. */
  public static List<String> sharedPackages() {
    return words("shared.packages");
  }

  /** Returns what a plugin sees beside its own JARs, in words for users. */
  public static String sharedInWords() {
    return PROPERTIES.getProperty("shared.in-words", "the Roundel API, ND4J");
  }

  /**
   * Returns the names of classes that keep the class loader that they first meet, so that it must
   * be the program's and no plugin's.
   */
  public static List<String> classesOfTheProgram() {
    return words("shared.first-met");
  }

  private static List<String> words(String key) {
    String text = PROPERTIES.getProperty(key, "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = Distribution.class.getResourceAsStream("/" + RESOURCE)) {
      if (in != null) {
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the program's own " + RESOURCE, unreadable);
    }
    return properties;
  }
}
