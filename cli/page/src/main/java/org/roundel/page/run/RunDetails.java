package org.roundel.page.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.core.event.FinalTest;
import org.roundel.core.record.FinalTestFile;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.OwnFile;

/**
 * What a run is: its settings, components, machine, sessions and checkpoints, as JSON.
 *
 * <p>What cannot be read is named under {@code problems}, and the rest is there.
 */
public final class RunDetails {
  private static final JsonMapper JSON = new JsonMapper();

  private RunDetails() {}

  /** Reads what the directory says. */
  public static ObjectNode read(RunFiles files) {
    Path run = files.directory();
    ObjectNode details = JSON.createObjectNode();
    Path name = run.toAbsolutePath().normalize().getFileName();
    details.put("name", name == null ? run.toString() : name.toString());
    details.put("directory", run.toAbsolutePath().normalize().toString());
    ArrayNode problems = details.putArray("problems");
    addManifest(details, files, problems);
    addTest(details, files.test(), problems);
    ArrayNode checkpoints = details.putArray("checkpoints");
    try {
      if (Files.isDirectory(files.checkpoints(), LinkOption.NOFOLLOW_LINKS)) {
        CheckpointInfo.of(files.checkpoints())
            .forEach(checkpoint -> checkpoints.add(JSON.<JsonNode>valueToTree(checkpoint)));
      } else if (Files.exists(files.checkpoints(), LinkOption.NOFOLLOW_LINKS)) {
        problems.add(files.checkpoints().getFileName() + " cannot be read: " + OwnFile.REFUSAL);
      }
    } catch (RoundelException unreadable) {
      problems.add(unreadable.getMessage());
    }
    return details;
  }

  /** Of a run with validation that has ended. */
  private static void addTest(ObjectNode details, Path file, ArrayNode problems) {
    try {
      FinalTest test = FinalTestFile.of(file, OwnFile.read(file, RunFiles.LARGEST));
      details.set("test", JSON.valueToTree(test));
    } catch (NoSuchFileException none) {
      // It has not ended.
    } catch (RoundelException damaged) {
      problems.add(damaged.getMessage());
    } catch (IOException unreadable) {
      problems.add(file.getFileName() + " cannot be read: " + IoFailure.reason(unreadable));
    }
  }

  private static void addManifest(ObjectNode details, RunFiles files, ArrayNode problems) {
    ObjectNode settings = details.putObject("settings");
    try {
      files.readManifest().configurations().last().resolved().forEach(settings::put);
    } catch (RoundelException damaged) {
      problems.add(damaged.getMessage());
    }
    try {
      if (JSON.readTree(OwnFile.read(files.manifest(), RunFiles.LARGEST))
          instanceof ObjectNode whole) {
        whole.remove("configuration");
        details.set("manifest", whole);
      }
    } catch (IOException damaged) {
      // Told above.
    }
  }
}
