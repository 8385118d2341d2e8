package org.roundel.cli.runreport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roundel.api.MessageText;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** Where a run's numbers come from, by its manifest. */
final class Origin {
  private final ObjectNode manifest;

  Origin(ObjectNode manifest) {
    this.manifest = manifest;
  }

  /** A plugin's file. */
  private record Jar(String plugin, String version, String file, String sha256) {}

  /** Returns a line for each change of the settings in the course of the run; may be none. */
  List<String> changes() {
    List<String> lines = new ArrayList<>();
    for (JsonNode change : manifest.path("changes")) {
      String place =
          " from epoch "
              + change.path("epoch").asText()
              + ", after "
              + Texts.of(change.path("step").asLong(), "update");
      change
          .path("configuration")
          .properties()
          .forEach(
              setting -> lines.add(setting.getKey() + " = " + setting.getValue().asText() + place));
    }
    return lines;
  }

  Table<Map.Entry<String, String>> environment() {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "Roundel", "/roundel");
    put(values, "Java", "/machine/java");
    put(values, "system", "/machine/os");
    put(values, "architecture", "/machine/architecture");
    put(values, "processors", "/machine/processors");
    put(values, "threads", "/machine/threads");
    put(values, "backend", "/machine/backend");
    put(values, "engine", "/engine");
    put(values, "dataset SHA-256", "/dataset-sha256");
    put(values, "run", "/run");
    return RunReport.pairs("what", values);
  }

  private void put(Map<String, String> values, String name, String place) {
    JsonNode value = manifest.at(place);
    if (!value.isMissingNode()) {
      values.put(name, value.asText());
    }
  }

  /** Returns a row for each file of the plugins in use. */
  Table<?> jars() {
    Set<Jar> jars = new LinkedHashSet<>();
    for (JsonNode component : manifest.path("components")) {
      component
          .path("sha256")
          .properties()
          .forEach(
              hash ->
                  jars.add(
                      new Jar(
                          component.path("plugin").asText(),
                          component.path("version").asText(),
                          hash.getKey(),
                          hash.getValue().asText())));
    }
    return new Table<>(
        List.of(
            Column.<Jar>page("plugin", Jar::plugin),
            Column.page("version", Jar::version),
            Column.page("file", Jar::file),
            Column.page("SHA-256", Jar::sha256)),
        jars);
  }

  /** Returns a row for each call that trained the run. */
  Table<JsonNode> sessions() {
    List<JsonNode> sessions = new ArrayList<>();
    manifest.path("sessions").forEach(sessions::add);
    return new Table<>(
        List.of(
            Column.page("started", session -> session.path("started").asText()),
            Column.page("epoch", session -> session.path("epoch").asText()),
            Column.page("updates before", session -> session.path("step").asText()),
            Column.page("threads", session -> session.path("threads").asText()),
            Column.page("in", session -> session.path("directory").asText())),
        sessions);
  }

  /** Returns the commands that trained the run, as they can be typed. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (JsonNode session : manifest.path("sessions")) {
      List<String> words = new ArrayList<>();
      session.path("command").forEach(word -> words.add(MessageText.shellWord(word.asText())));
      if (!words.isEmpty()) {
        commands.add(String.join(" ", words));
      }
    }
    return commands;
  }
}
