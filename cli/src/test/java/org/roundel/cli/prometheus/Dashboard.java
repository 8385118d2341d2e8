package org.roundel.cli.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The dashboard that the distribution has. */
final class Dashboard {
  private static final Path FILE = Path.of("src/dist/conf/grafana/roundel-dashboard.json");

  private final JsonNode root;

  private Dashboard(JsonNode root) {
    this.root = root;
  }

  static Dashboard read() throws IOException {
    return new Dashboard(JsonMapper.builder().build().readTree(FILE.toFile()));
  }

  /** Returns all of it. */
  JsonNode root() {
    return root;
  }

  /** Returns the panels, rows too. */
  List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    root.get("panels").forEach(panels::add);
    return panels;
  }

  /** Returns the queries of all panels. */
  List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : panels()) {
      panel.path("targets").forEach(target -> expressions.add(target.get("expr").asText()));
    }
    return expressions;
  }
}
