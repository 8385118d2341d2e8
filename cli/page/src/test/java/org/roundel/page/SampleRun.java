package org.roundel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes the files of a run as a training does. */
public final class SampleRun {
  private final Path directory;

  /** Writes a manifest into a new directory. */
  public SampleRun(Path directory, int epochs, int seed) throws IOException {
    this.directory = Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("manifest.json"),
        String.format(
            Locale.ROOT,
            """
            {"format": 2, "run": "%s",
             "configuration": {"model": "resnet-8", "quantizer": "binary-connect",
               "dataset": "synthetic", "epochs": %d, "seed": %d},
             "roundel": "0.1.0", "spi": 1,
             "components": {"quantizer": {"name": "binary-connect", "plugin": "bc",
               "version": "1", "sha256": {"bc.jar": "9f25"}}},
             "dataset-sha256": "4ff7", "machine": {"os": "Linux"},
             "sessions": [{"started": "2026-11-28T07:09:19.780Z", "command": ["roundel", "train"],
               "epoch": 1, "step": 0}]}
            """,
            directory.getFileName(),
            epochs,
            seed));
  }

  /** Returns the run's directory. */
  public Path directory() {
    return directory;
  }

  /** Appends an epoch to the history. */
  public void epoch(int epoch, double error) throws IOException {
    append("history.jsonl", line(epoch, error) + "\n");
  }

  /** Returns an epoch's line, without its end. */
  public static String line(int epoch, double error) {
    return String.format(
        Locale.ROOT,
        "{\"epoch\":%d,\"epochs\":9,\"step\":%d,\"learningRate\":0.01,"
            + "\"train\":{\"loss\":0.5,\"error\":0.25,\"images\":16},"
            + "\"test\":{\"loss\":0.75,\"error\":%s,\"images\":8},"
            + "\"latentTest\":null,\"best\":true,\"seconds\":2.0,"
            + "\"layers\":[{\"parameter\":\"w\",\"weights\":100}]}",
        epoch,
        4 * epoch,
        error);
  }

  /** Appends to a file of the run. */
  public void append(String file, String text) throws IOException {
    Files.writeString(
        directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
