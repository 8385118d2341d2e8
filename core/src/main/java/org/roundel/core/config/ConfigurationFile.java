package org.roundel.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Reads a run's configuration from YAML or from another run's record, and writes it as YAML. */
public final class ConfigurationFile {
  private static final long LARGEST = 1 << 20;

  private static final YAMLMapper YAML = yaml(false);
  private static final YAMLMapper PLAIN_YAML = yaml(true);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigurationFile() {}

  /**
   * Reads the keys and values of a YAML file: one flat map, lists for lists.
   *
   * @throws RoundelException if there is no such file, it is no YAML or no flat map; keys and
   *     values are not checked here
   */
  public static Map<String, String> readYaml(Path file) {
    return values(file, read(file, YAML), "a map from key to value, as in 'model: resnet-20'");
  }

  /**
   * Reads the configuration out of a run's {@code manifest.json}.
   *
   * @throws RoundelException if the file is none
   */
  public static Map<String, String> readManifest(Path file) {
    JsonNode configuration = read(file, JSON).path("configuration");
    return values(file, configuration, "a run's manifest.json with a 'configuration'");
  }

  private static JsonNode read(Path file, ObjectMapper mapper) {
    try {
      if (!Files.isRegularFile(file)) {
        throw failure("there is no file " + file + "; check the path", null);
      }
      if (Files.size(file) > LARGEST) {
        throw failure(
            file + " has " + Files.size(file) + " bytes; allowed: at most " + LARGEST, null);
      }
      return mapper.readTree(file.toFile());
    } catch (JsonProcessingException malformed) {
      String where = "";
      if (malformed.getLocation() != null) {
        where =
            " line "
                + malformed.getLocation().getLineNr()
                + ", column "
                + malformed.getLocation().getColumnNr();
      }
      throw failure(
          file
              + where
              + ": "
              + malformed.getOriginalMessage().lines().findFirst().orElse("malformed"),
          malformed);
    } catch (IOException unreadable) {
      throw failure("cannot read " + file + ": " + unreadable, unreadable);
    }
  }

  private static Map<String, String> values(Path file, JsonNode root, String expected) {
    if (!root.isObject()) {
      throw failure(file + " does not hold " + expected, null);
    }
    Map<String, String> values = new LinkedHashMap<>();
    root.properties()
        .forEach(entry -> values.put(entry.getKey(), text(file, entry.getKey(), entry.getValue())));
    return values;
  }

  private static String text(Path file, String key, JsonNode value) {
    if (value.isValueNode()) {
      return value.isNull() ? "" : value.asText();
    }
    if (value.isArray()) {
      StringBuilder list = new StringBuilder();
      for (JsonNode item : value) {
        list.append(list.isEmpty() ? "" : ",").append(text(file, key, item));
      }
      return list.toString();
    }
    throw failure(
        file
            + ": the value of '"
            + key
            + "' is a map; write its keys with a dot instead, as in '"
            + key
            + ".option: value'",
        null);
  }

  /**
   * Returns a configuration as YAML that {@link #readYaml} reads, without quotes where it can be.
   */
  public static String toYaml(Map<String, String> values) {
    try {
      String plain = PLAIN_YAML.writeValueAsString(values);
      Path nowhere = Path.of("config.yaml");
      // Text that looks like a number, as 1e3 does, would come back as another text.
      boolean same = values.equals(values(nowhere, YAML.readTree(plain), "a map"));
      return same ? plain : YAML.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static YAMLMapper yaml(boolean plain) {
    return YAMLMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .configure(YAMLGenerator.Feature.MINIMIZE_QUOTES, plain)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .build();
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
