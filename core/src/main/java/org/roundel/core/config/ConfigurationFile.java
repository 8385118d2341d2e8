package org.roundel.core.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.ManifestCheck;

/** Reads a run's configuration from YAML or from another run's record, and writes it as YAML. */
public final class ConfigurationFile {
  private static final long LARGEST = 1 << 20;

  /** Trees are read for sweeps, which make cells of what they hold: seconds for a megabyte. */
  private static final long LARGEST_TREE = 1 << 18;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigurationFile() {}

  /**
   * Reads the keys and values of a YAML file: one flat map, lists for lists. A value is the text
   * that stands there, as it would be behind {@code --set}.
   *
   * @throws RoundelException if there is no such file, it is no YAML or no flat map; keys and
   *     values are not checked here
   */
  public static Map<String, String> readYaml(Path file) {
    return read(file, LARGEST, () -> YamlReader.read(file));
  }

  /**
   * Reads a YAML file that is a map of anything, of at most 256 KiB.
   *
   * @throws RoundelException if there is no such file, it is larger, no YAML or no map
   */
  public static YamlNode.Mapping readTree(Path file) {
    return read(file, LARGEST_TREE, () -> YamlReader.readTree(file));
  }

  /**
   * Reads the configuration out of a run's {@code manifest.json}.
   *
   * @throws RoundelException if the file is none
   */
  public static Map<String, String> readManifest(Path file) {
    return read(file, LARGEST, () -> configuration(file));
  }

  /** Returns a configuration as YAML that {@link #readYaml} reads. */
  public static String toYaml(Map<String, String> values) {
    return YamlWriter.write(values);
  }

  /** Something that reads a file. */
  private interface Reader<T> {
    T read() throws IOException;
  }

  private static <T> T read(Path file, long largest, Reader<T> reader) {
    try {
      if (Files.isDirectory(file)) {
        throw failure(
            file + " is a directory; name a file, as config.yaml or manifest.json of a run", null);
      }
      if (!Files.isRegularFile(file)) {
        throw failure(IoFailure.noFile(file, "; check the path"), null);
      }
      if (Files.size(file) > largest) {
        throw failure(
            file + " has " + Files.size(file) + " bytes; allowed: at most " + largest, null);
      }
      return reader.read();
    } catch (JsonProcessingException malformed) {
      throw failure(file + where(malformed.getLocation()) + ": " + what(malformed), malformed);
    } catch (IOException unreadable) {
      throw failure("cannot read " + file + ": " + IoFailure.reason(unreadable), unreadable);
    }
  }

  private static Map<String, String> configuration(Path file) throws IOException {
    JsonNode root = root(file);
    ManifestCheck.require(file, root);
    JsonNode configuration = root.path("configuration");
    if (!configuration.isObject()) {
      throw failure(file + " does not hold a run's manifest.json with a 'configuration'", null);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : configuration.properties()) {
      JsonNode value = entry.getValue();
      if (!isPlain(value)
          && !(value.isArray() && all(value).allMatch(ConfigurationFile::isPlain))) {
        throw failure(
            String.format(
                Locale.ROOT,
                "%s: the configuration's %s is neither text nor a number; take the file from the"
                    + " run again",
                file,
                MessageText.quoted(entry.getKey())),
            null);
      }
      String list = all(value).map(JsonNode::asText).collect(Collectors.joining(","));
      values.put(entry.getKey(), value.isArray() ? list : value.asText());
    }
    // Format 1 has "" where no path was given.
    RunSettings.PATHS.forEach(path -> values.remove(path.name(), ""));
    return values;
  }

  private static boolean isPlain(JsonNode value) {
    return value.isTextual() || value.isNumber() || value.isBoolean();
  }

  private static Stream<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static JsonNode root(Path file) throws IOException {
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      JsonNode root = JSON.readTree(parser);
      JsonLocation more;
      try {
        if (parser.nextToken() == null) {
          // Of an empty file there is none.
          return root == null ? MissingNode.getInstance() : root;
        }
        more = parser.currentTokenLocation();
      } catch (JsonProcessingException noToken) {
        more = noToken.getLocation();
      }
      throw failure(
          file
              + where(more)
              + ": text follows the object; a manifest.json is one object and nothing else",
          null);
    }
  }

  private static String where(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String what(JsonProcessingException malformed) {
    String message = String.valueOf(malformed.getOriginalMessage());
    return MessageText.bounded(message.lines().findFirst().orElse("malformed"));
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
