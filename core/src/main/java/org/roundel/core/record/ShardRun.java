package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/**
 * A run as other processes are told of it that compute parts of its batches: its configuration, and
 * its {@link RunOrigin}, which theirs must agree with.
 *
 * @param configuration the run's
 * @param origin where its numbers come from in the process that trains
 */
public record ShardRun(RunConfiguration configuration, JsonNode origin) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Where two processes of one run may not differ: the bytes would, or could. */
  private static final List<String> SAME =
      List.of("/roundel", "/spi", "/components", "/dataset-sha256", "/engine", "/teacher");

  private static final List<String> SAME_MACHINE =
      List.of("/machine/architecture", "/machine/backend");

  /** Returns the bytes that {@link #read} reads. */
  public static byte[] bytes(RunConfiguration configuration, ObjectNode origin) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode settings = document.putObject("configuration");
    configuration.resolved().forEach(settings::put);
    document.set("origin", origin);
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what another process says of its run. */
  public static ShardRun read(byte[] bytes) {
    try {
      JsonNode document = JSON.readTree(bytes);
      Map<String, String> settings = JsonFields.of(document).object("configuration").allTexts();
      return new ShardRun(RunConfiguration.of(settings), document.path("origin"));
    } catch (JsonFieldException | IOException notOurs) {
      throw new UncheckedIOException(new IOException("not a run of this program", notOurs));
    }
  }

  /** Returns the checkpoint whose net the run learns from; null if it has no teacher. */
  public NetOrigin.@Nullable Checkpoint teacher() {
    return RunOrigin.teacher(origin);
  }

  /** Returns how many threads it computes with. */
  public int threads() {
    return origin.path("machine").path("threads").intValue();
  }

  /**
   * Requires the version of the program.
   *
   * @throws RoundelException if this process has another one
   */
  public void requireVersion() {
    require(RunOrigin.version(), "/roundel", origin.path("roundel"));
  }

  /**
   * Requires that what this process has gives the same bytes.
   *
   * @param own this process's record
   * @throws RoundelException that names what differs
   */
  public void requireSame(ObjectNode own) {
    for (List<String> places : List.of(SAME, SAME_MACHINE)) {
      for (String place : places) {
        String where = difference(place, origin.at(place), own.at(place));
        if (where != null) {
          require(own.at(where).asText(), where, origin.at(where));
        }
      }
    }
  }

  private static void require(String here, String where, JsonNode wanted) {
    if (!wanted.asText().equals(here)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s is %s, and %s where the run is trained; the same Roundel with the same plugins and"
                  + " data, on processors with the same instructions, must be everywhere",
              where.substring(1).replace('/', '.'),
              text(here),
              text(wanted.asText())));
    }
  }

  private static String text(String value) {
    return value.isEmpty() ? "not there" : value;
  }

  /** Returns the place of the first value that differs, null if all are the same. */
  private static @Nullable String difference(String where, JsonNode wanted, JsonNode here) {
    if (wanted.equals(here)) {
      return null;
    }
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      String name = field.getKey();
      String place = where + "/" + name.replace("~", "~0").replace("/", "~1");
      String inside = difference(place, field.getValue(), here.path(name));
      if (inside != null) {
        return inside;
      }
    }
    return where;
  }
}
