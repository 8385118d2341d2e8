package org.roundel.cli.command.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.record.Invocation;
import org.roundel.core.run.OwnFile;
import org.roundel.core.run.RunDirectory;
import org.roundel.report.terminal.Texts;
import org.slf4j.LoggerFactory;

/**
 * Keeps a log in a run's directory, {@code log.txt}: what happened when, by which command, and
 * every warning and error of the program meanwhile. A resumed run adds to it.
 *
 * <p>A line that cannot be written, as on a full disk, does not disturb the run.
 */
public final class RunLog implements TrainingListener, AutoCloseable {
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n";

  private final Invocation invocation;
  private @Nullable FileAppender<ILoggingEvent> appender;

  /**
   * Makes one, which is opened when a run starts.
   *
   * @param invocation how the program was called
   */
  public RunLog(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void runStarted(RunStarted event) {
    // A run of several parts starts each.
    if (appender == null) {
      open(event.directory());
      info(
          "started: "
              + invocation.command().stream()
                  .map(MessageText::shellWord)
                  .collect(Collectors.joining(" ")));
    }
    for (String notice : event.notices()) {
      info("note: " + notice);
    }
    info(
        String.format(
            Locale.ROOT,
            "%s%s, to %s of %s",
            event.stepsDone() > 0 ? "going on after " : "training from ",
            Texts.of(event.stepsDone(), "update"),
            Texts.of(event.configuration().get(RunSettings.EPOCHS), "epoch"),
            Texts.of(event.stepsPerEpoch(), "update")));
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    info(
        String.format(
            Locale.ROOT,
            "epoch %s/%s: train loss %s, train error %s, %s error %s, %s",
            event.epoch(),
            event.epochs(),
            Texts.loss(event.train().loss()),
            Texts.percent(event.train().error()),
            event.validated() ? "validation" : "test",
            Texts.percent(event.test().error()),
            Texts.duration(event.seconds())));
  }

  @Override
  public void bestTested(BestTested event) {
    info(
        "test error of the best checkpoint, "
            + event.result().checkpoint()
            + ": "
            + Texts.percent(event.result().test().error()));
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    info("checkpoint " + event.name());
  }

  @Override
  public void runFinished(RunResult event) {
    String end = event.interrupted() ? "stopped early" : "finished";
    info(event.patience() > 0 ? end + ": patience of " + event.patience() + " lost" : end);
  }

  @Override
  public void runFailed(RunFailed event) {
    log(Level.ERROR, String.valueOf(event.cause().getMessage()));
  }

  private void info(String message) {
    log(Level.INFO, message);
  }

  /** By an event of its own, because the log that the user sees has warnings only. */
  private void log(Level level, String message) {
    FileAppender<ILoggingEvent> file = appender;
    if (file != null && LoggerFactory.getLogger(RunLog.class) instanceof Logger logger) {
      file.doAppend(new LoggingEvent(RunLog.class.getName(), logger, level, message, null, null));
    }
  }

  private void open(Path directory) {
    if (appender != null || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    Path log = directory.resolve(RunDirectory.LOG);
    // Of a stranger's run it could lead to a file of whoever goes on with it.
    OwnFile.requireWritable(log);
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setEncoder(encoder);
    file.setFile(log.toString());
    file.setAppend(true);
    file.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
    appender = file;
  }

  /** Closes the file. */
  @Override
  public void close() {
    FileAppender<ILoggingEvent> file = appender;
    if (file != null) {
      ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(file);
      file.stop();
      appender = null;
    }
  }
}
