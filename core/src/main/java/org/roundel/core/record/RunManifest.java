package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.RoundelException;
import org.roundel.core.component.Components;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;
import org.roundel.core.run.JsonFile;
import org.roundel.core.run.ManifestCheck;
import org.roundel.core.run.RunDirectory;

/**
 * A run's {@code manifest.json}: the run's name, its configuration at the start, what was changed
 * in the course of it and where, its {@link RunOrigin}, and when and by which commands it was
 * trained.
 *
 * <p>{@code roundel train --from manifest.json} repeats the run; on the same machine type its
 * weights come out byte-identical. Immutable.
 */
public final class RunManifest {
  /** Format 2 is the same without a check. */
  private static final int FORMAT = 3;

  /** What runs had before they had a name. They can be read and repeated. */
  private static final int NAMELESS_FORMAT = 1;

  private static final int MOST_SESSIONS = 100;
  private static final int MOST_EPOCH = 100_001;
  private static final long MOST_STEP = 999_999_999;

  private static final String ADVICE = "Restore the file as the run wrote it, from a copy";

  private final String run;
  private final ConfigurationHistory configurations;
  private final ObjectNode document;

  private RunManifest(String run, ConfigurationHistory configurations, ObjectNode document) {
    this.run = run;
    this.configurations = configurations;
    this.document = document;
  }

  /**
   * Returns the manifest of a new run.
   *
   * @param history what it is to do, and what is to be changed on the way
   * @param origin see {@link RunOrigin#now}
   */
  public static RunManifest start(
      ConfigurationHistory history, Components components, ObjectNode origin) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("format", FORMAT);
    String run = UUID.randomUUID().toString();
    document.put("run", run);
    document.set(
        "configuration", ConfigurationJson.of(history.start().resolved(), components::option));
    document.setAll(origin);
    document.putArray("sessions");
    return new RunManifest(run, history, document).with(history);
  }

  /**
   * Reads a manifest.
   *
   * @throws RoundelException if it cannot be read, or a field is not what a run writes
   */
  public static RunManifest read(Path file) {
    return JsonFile.read(file, ADVICE, root -> read(file, root));
  }

  /**
   * Returns the manifest that a file holds.
   *
   * @param file for messages
   * @throws RoundelException if a field is not what a run writes
   */
  public static RunManifest of(Path file, byte[] content) {
    return JsonFile.of(file, content, ADVICE, root -> read(file, root));
  }

  private static RunManifest read(Path file, JsonNode root) throws JsonFieldException {
    JsonFields fields = JsonFields.of(root);
    boolean named = fields.integer("format", NAMELESS_FORMAT, FORMAT) > NAMELESS_FORMAT;
    ManifestCheck.require(file, root);
    String run = named ? fields.text("run", 100) : "";
    RunConfiguration configuration = configuration(file, fields.object("configuration"));
    List<ConfigurationChange> changes = new ArrayList<>();
    if (fields.has("changes")) {
      for (JsonFields change : fields.objects("changes")) {
        changes.add(change(configuration, file, change));
      }
      requireOrder(file, changes);
    }
    if (named) {
      fields.objects("sessions");
      fields.text("dataset-sha256", 1000);
      fields.object("components").allObjects();
      if (fields.has("engine")) {
        fields.text("engine", 1000);
      }
      if (fields.has("teacher")) {
        JsonFields teacher = fields.object("teacher");
        teacher.text("run", 100);
        teacher.text("checkpoint", 100);
        teacher.text("weights-sha256", 100);
      }
      fields.object("machine").allTexts();
    }
    ConfigurationHistory history = new ConfigurationHistory(configuration, changes);
    return new RunManifest(run, history, (ObjectNode) root);
  }

  private static RunConfiguration configuration(Path file, JsonFields fields)
      throws JsonFieldException {
    Map<String, String> values = fields.allTexts();
    // Format 1 has "" where no path was given.
    RunSettings.PATHS.forEach(path -> values.remove(path.name(), ""));
    try {
      return RunConfiguration.of(values);
    } catch (RoundelException wrong) {
      throw damaged(file, "does not hold a configuration of this program: " + wrong.getMessage());
    }
  }

  private static ConfigurationChange change(
      RunConfiguration configuration, Path file, JsonFields fields) throws JsonFieldException {
    RunPosition from =
        new RunPosition(
            fields.integer("epoch", 1, MOST_EPOCH), fields.wholeNumber("step", 0, MOST_STEP));
    Map<String, String> settings = fields.object("configuration").allTexts();
    try {
      configuration.with(settings);
    } catch (RoundelException wrong) {
      throw damaged(file, "does not hold a configuration of this program: " + wrong.getMessage());
    }
    return new ConfigurationChange(from, settings);
  }

  private static void requireOrder(Path file, List<ConfigurationChange> changes) {
    for (int index = 1; index < changes.size(); index++) {
      if (changes.get(index).from().isBefore(changes.get(index - 1).from())) {
        throw damaged(file, "has changes that are not in the order of their steps");
      }
    }
  }

  private static RoundelException damaged(Path file, String fault) {
    return JsonFile.damaged(file, fault, ADVICE);
  }

  /** Returns whether the run has a name, which its checkpoints have too. */
  boolean isNamed() {
    return !run.isEmpty();
  }

  /** Returns the run's name. */
  public String run() {
    return run;
  }

  /** Returns what the run is to do, and what is changed in the course of it. */
  public ConfigurationHistory configurations() {
    return configurations;
  }

  /** Returns the fingerprint of the run's dataset; empty in the oldest format. */
  public String datasetFingerprint() {
    return document.path("dataset-sha256").asText();
  }

  /** Returns a copy of all of it. */
  public ObjectNode toJson() {
    return document.deepCopy();
  }

  /** Returns the checkpoint whose net the run learns from; null if it has no teacher. */
  public NetOrigin.@Nullable Checkpoint teacher() {
    return RunOrigin.teacher(document);
  }

  /** Returns what may make the numbers differ between this run and one of another origin. */
  public List<String> differences(ObjectNode origin) {
    return RunOrigin.differences(document, origin);
  }

  /**
   * Requires that the components that the run used are there, as far as they are still wanted.
   *
   * @param wanted values by key
   * @throws RoundelException that names the plugins' JARs that are missing
   */
  public void requirePlugins(PluginRegistry registry, Map<String, String> wanted) {
    RecordedPlugins.require(document.path("components"), registry, wanted);
  }

  /** Returns this manifest with other changes in the course of the run. */
  public RunManifest with(ConfigurationHistory history) {
    ObjectNode altered = document.deepCopy();
    altered.remove("changes");
    if (!history.changes().isEmpty()) {
      ArrayNode array = altered.putArray("changes");
      for (ConfigurationChange change : history.changes()) {
        ObjectNode object = array.addObject();
        object.put("epoch", change.from().epoch());
        object.put("step", change.from().stepsDone());
        // All that can be changed are settings of the run, so no component's option is looked up.
        object.set("configuration", ConfigurationJson.of(change.settings(), key -> null));
      }
    }
    return new RunManifest(run, history, altered);
  }

  /** Returns this manifest with one more session; the first and the newest are kept. */
  public RunManifest withSession(ObjectNode session) {
    ObjectNode altered = document.deepCopy();
    ArrayNode sessions = altered.withArray("/sessions");
    if (sessions.size() >= MOST_SESSIONS) {
      sessions.remove(1);
    }
    sessions.add(session);
    return new RunManifest(run, configurations, altered);
  }

  /** Writes this file, then {@code config.yaml}: the first is what the other is compared with. */
  public void write(RunDirectory directory) {
    AtomicFiles.write(directory.manifest(), ManifestCheck.with(document).toPrettyString() + "\n");
    AtomicFiles.write(
        directory.config(), ConfigurationFile.toYaml(configurations.last().resolved()));
  }
}
