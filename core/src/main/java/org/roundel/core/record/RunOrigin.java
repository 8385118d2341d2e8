package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.component.Components;
import org.roundel.core.natives.ComputeThreads;

/**
 * Where a run's numbers come from, beside its configuration: versions and hashes of the program,
 * plugins and data, what computes the net, Java, system, threads.
 */
public final class RunOrigin {
  private RunOrigin() {}

  /** Returns the record of what is in use now. */
  public static ObjectNode now(Components components, Dataset dataset, Model model) {
    ObjectNode origin = JsonNodeFactory.instance.objectNode();
    origin.put("roundel", version());
    origin.put("spi", RoundelPlugin.SPI_VERSION);
    ObjectNode selected = origin.putObject("components");
    components
        .inUse()
        .forEach(
            (setting, selection) -> {
              ObjectNode component = selected.putObject(setting);
              component.put("name", selection.name());
              component.put("plugin", selection.plugin().name());
              component.put("version", selection.plugin().version());
              ObjectNode hashes = component.putObject("sha256");
              selection.plugin().sha256().forEach(hashes::put);
            });
    origin.put("dataset-sha256", dataset.fingerprint());
    if (!dataset.notices().isEmpty()) {
      dataset.notices().forEach(origin.putArray("dataset-notices")::add);
    }
    if (!model.engine().isEmpty()) {
      origin.put("engine", model.engine());
    }
    ObjectNode machine = origin.putObject("machine");
    machine.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    machine.put("threads", ComputeThreads.count());
    return origin;
  }

  /** Adds the net that a run learns from. */
  public static void addTeacher(ObjectNode origin, NetOrigin.Checkpoint checkpoint) {
    ObjectNode teacher = origin.putObject("teacher");
    teacher.put("run", checkpoint.run());
    teacher.put("checkpoint", checkpoint.name());
    teacher.put("weights-sha256", checkpoint.sha256());
  }

  /** Returns what {@link #addTeacher} added; null if nothing was. */
  static NetOrigin.@Nullable Checkpoint teacher(JsonNode origin) {
    JsonNode teacher = origin.path("teacher");
    if (teacher.isMissingNode()) {
      return null;
    }
    return new NetOrigin.Checkpoint(
        teacher.path("run").asText(),
        teacher.path("checkpoint").asText(),
        teacher.path("weights-sha256").asText());
  }

  /**
   * Compares an older record with this run's, for what may make the numbers differ.
   *
   * @return one line per difference; empty if the runs should be byte-identical
   */
  static List<String> differences(JsonNode earlier, JsonNode now) {
    List<String> differences = new ArrayList<>();
    for (String field :
        List.of("roundel", "components", "dataset-sha256", "engine", "teacher", "machine")) {
      compare(field, earlier.path(field), now.path(field), differences);
    }
    return differences;
  }

  private static void compare(
      String where, JsonNode earlier, JsonNode now, List<String> differences) {
    if (earlier.equals(now)) {
      return;
    }
    if (earlier.isObject() && now.isObject()) {
      now.fieldNames()
          .forEachRemaining(
              name -> compare(where + "." + name, earlier.path(name), now.path(name), differences));
      return;
    }
    differences.add(where + ": " + text(earlier) + " then, " + text(now) + " now");
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.asText();
  }

  /** Returns the program's version. */
  public static String version() {
    String version = RunOrigin.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
