package org.roundel.sweep.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.OwnFile;
import org.roundel.sweep.cell.Cell;

/**
 * The cells of a sweep as JSON, with every setting of each: what is trained hangs on nothing else.
 */
final class CellsFile {
  private static final int FORMAT = 1;

  /** Ten thousand cells have 30 MB of settings. */
  private static final int LARGEST = 1 << 28;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CellsFile() {}

  static void write(Path file, List<Cell> cells) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
    ArrayNode array = root.putArray("cells");
    for (Cell cell : cells) {
      ObjectNode entry = array.addObject().put("name", cell.name());
      ObjectNode settings = entry.putObject("settings");
      cell.configuration().resolved().forEach(settings::put);
    }
    try {
      String text = JSON.writeValueAsString(root) + "\n";
      if (text.length() > LARGEST) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "all settings of the sweep's cells have "
                + text.length()
                + " characters; allowed: at most "
                + LARGEST
                + ". Make two sweeps of it");
      }
      AtomicFiles.write(file, text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns what the file holds. */
  static byte[] bytes(Path file) throws IOException {
    return OwnFile.read(file, LARGEST);
  }

  static List<Cell> read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(bytes(file));
    } catch (JsonProcessingException malformed) {
      throw damaged(file, "it is no JSON", malformed);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "cannot read " + file + ": " + IoFailure.reason(unreadable),
          unreadable);
    }
    if (!root.path("format").isInt()) {
      throw damaged(file, "it has no format", null);
    }
    if (root.path("format").intValue() != FORMAT) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file
              + " has format "
              + root.path("format")
              + ", and this version reads "
              + FORMAT
              + "; use the version of roundel that made the sweep");
    }
    List<Cell> cells = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode entry : root.path("cells")) {
      Cell cell = cell(file, entry);
      if (!names.add(cell.name())) {
        throw damaged(file, "it has the cell " + cell.name() + " twice", null);
      }
      cells.add(cell);
    }
    if (cells.isEmpty()) {
      throw damaged(file, "it has no cells", null);
    }
    return cells;
  }

  private static Cell cell(Path file, JsonNode entry) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> setting : entry.path("settings").properties()) {
      settings.put(setting.getKey(), setting.getValue().asText());
    }
    String name = entry.path("name").asText();
    try {
      return new Cell(name, RunConfiguration.of(settings));
    } catch (IllegalArgumentException malformed) {
      throw damaged(file, malformed.getMessage() + " is no name of one", malformed);
    } catch (RoundelException notAllowed) {
      throw damaged(file, "cell " + name + ": " + notAllowed.getMessage(), notAllowed);
    }
  }

  private static RoundelException damaged(Path file, String how, @Nullable Throwable cause) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        file + " is damaged: " + how + ". Restore it, or call 'roundel sweep' anew",
        cause);
  }
}
