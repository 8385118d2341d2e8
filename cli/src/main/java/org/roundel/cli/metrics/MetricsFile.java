package org.roundel.cli.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.run.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a run's last values into a file, however the run ends.
 *
 * <p>The file is for the textfile collector of Prometheus' node_exporter, which reads what ends in
 * {@code .prom}, refuses timestamps, and may look at any moment: so it is replaced as a whole. It
 * has the run's own metrics; those of a JVM that has ended mean nothing. A run that had nothing
 * left to do, or was refused, leaves an earlier file as it is.
 */
public final class MetricsFile implements TrainingListener {
  private static final Logger logger = LoggerFactory.getLogger(MetricsFile.class);
  private static final String SUFFIX = ".prom";
  private static final String PREFIX = "roundel_";

  private final Path file;
  private final PrometheusMeterRegistry registry;
  private boolean started;

  /**
   * Checks that the file can be written at the end.
   *
   * @param file replaced where it exists
   * @param registry what is written
   * @throws RoundelException of kind CONFIGURATION if the file cannot be written there
   */
  public MetricsFile(Path file, PrometheusMeterRegistry registry) {
    requireWritable(file);
    this.file = file;
    this.registry = registry;
  }

  /**
   * Checks that a file can be written.
   *
   * @throws RoundelException of kind CONFIGURATION if not
   */
  public static void requireWritable(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (!String.valueOf(file.getFileName()).endsWith(SUFFIX)) {
      throw refused(
          file
              + " does not end in "
              + SUFFIX
              + ", and node_exporter reads only what does. Name it "
              + file
              + SUFFIX);
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw refused("there is no directory " + directory + "; make it, or name another file");
    }
    if (!AtomicFiles.mayReplace(file)) {
      throw refused(file + " is " + AtomicFiles.NOT_REPLACED + "; name a file");
    }
    tryToWriteInto(directory);
  }

  /** What a directory allows is known only when it is tried. */
  private static void tryToWriteInto(Path directory) {
    try {
      Files.delete(Files.createTempFile(directory, ".roundel-", ".tmp"));
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "metrics-file: nothing can be written into "
              + directory
              + ". Check that the disk has free space and that you may write there",
          failed);
    }
  }

  private static RoundelException refused(String why) {
    return new RoundelException(ErrorKind.CONFIGURATION, "metrics-file: " + why);
  }

  @Override
  public void runStarted(RunStarted event) {
    started = true;
  }

  @Override
  public void runFinished(RunResult event) {
    if (started) {
      write();
    }
  }

  @Override
  public void runFailed(RunFailed event) {
    if (!started) {
      return;
    }
    try {
      write();
    } catch (RoundelException failed) {
      // Why the run failed is what matters more.
      logger.warn("{}", failed.getMessage());
    }
  }

  private void write() {
    StringBuilder text = new StringBuilder();
    for (String line : registry.scrape(MediaType.TEXT.contentType()).split("\n", -1)) {
      String metric = line.replaceFirst("^# (HELP|TYPE) ", "");
      if (metric.startsWith(PREFIX)) {
        text.append(line).append('\n');
      }
    }
    AtomicFiles.write(file, text.toString());
  }
}
