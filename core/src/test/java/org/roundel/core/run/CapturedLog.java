package org.roundel.core.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what a class logs, away from the terminal, until it is closed. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  /** Begins with the messages of a class. */
  public CapturedLog(Class<?> source) {
    logger = (Logger) LoggerFactory.getLogger(source);
    events.start();
    logger.addAppender(events);
    logger.setAdditive(false);
  }

  /** Returns level and text of what was logged so far. */
  public List<String> messages() {
    return events.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setAdditive(true);
  }
}
