package org.roundel.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets what the log shows; conf/logback.xml says where it goes. */
final class Logging {
  private Logging() {}

  /** Shows everything that the program logs about its work. */
  static void showDetails() {
    if (LoggerFactory.getLogger("org.roundel") instanceof Logger logger) {
      logger.setLevel(Level.DEBUG);
    }
  }
}
