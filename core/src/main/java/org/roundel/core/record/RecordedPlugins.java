package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;

/** Says which JARs are missing that a run had its components from, as its manifest records them. */
final class RecordedPlugins {
  private RecordedPlugins() {}

  /**
   * Requires that what the run used can be had again.
   *
   * @param components the manifest's, by the setting that names them; a model that another asked
   *     for by name is {@code model.NAME}
   * @param wanted values by key; who names another component now does not need the recorded one
   * @throws RoundelException that names the JARs of every component that is not there
   */
  static void require(JsonNode components, PluginRegistry registry, Map<String, String> wanted) {
    ConfigurationProblems problems = new ConfigurationProblems();
    for (Map.Entry<String, JsonNode> component : components.properties()) {
      String setting = component.getKey().replaceFirst("\\..*", "");
      String recorded = components.path(setting).path("name").asText();
      for (ComponentKind kind : ComponentKind.values()) {
        if (kind.word().equals(setting)
            && wanted.getOrDefault(setting, recorded).equals(recorded)) {
          require(kind, component.getValue(), registry, problems);
        }
      }
    }
    problems.throwIfAny();
  }

  private static void require(
      ComponentKind kind,
      JsonNode recorded,
      PluginRegistry registry,
      ConfigurationProblems problems) {
    try {
      registry.find(kind, recorded.path("name").asText());
    } catch (RoundelException unknown) {
      problems.add(missing(kind, recorded, unknown));
    }
  }

  private static RoundelException missing(
      ComponentKind kind, JsonNode recorded, RoundelException unknown) {
    List<String> jars = new ArrayList<>();
    recorded.path("sha256").fieldNames().forEachRemaining(jars::add);
    if (jars.isEmpty()) {
      return unknown;
    }
    // What seems to offer it and is broken is told first: it may be the same plugin without a JAR.
    String what =
        unknown.kind() == ErrorKind.PLUGIN
            ? unknown.getMessage() + "\n  "
            : "there is no " + kind + " '" + recorded.path("name").asText() + "' any more; ";
    return new RoundelException(unknown.kind(), what + origin(recorded, jars), unknown);
  }

  private static String origin(JsonNode recorded, List<String> jars) {
    String plugin = recorded.path("plugin").asText();
    String version = recorded.path("version").asText();
    return String.format(
        Locale.ROOT,
        "the run had it from plugin %s%s: put %s back into %s",
        plugin,
        version.equals(PluginDescriptor.NO_VERSION) ? "" : ", version " + version,
        String.join(", ", jars),
        jars.equals(List.of(plugin + ".jar"))
            ? "the plugins directory"
            : "the directory " + plugin + " of the plugins directory");
  }
}
