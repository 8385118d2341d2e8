package org.roundel.cli.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.roundel.cli.Installation;

/**
 * A library in C between the program and its files, which the program knows nothing of; what it can
 * do stands at the beginning of {@code watched-files.c}.
 */
final class WatchedFiles {
  /** What operations fail with where the disk is full. */
  static final int NO_SPACE = 28;

  /** What operations fail with where a file system may only be read. */
  static final int READ_ONLY = 30;

  /** What operations fail with where a disk is broken, or a mount has gone away. */
  static final int BROKEN = 5;

  /** Operations that take space. */
  static final String TAKING_SPACE = "@(create|write|mkdir)";

  /** Operations that change a file system. */
  static final String CHANGING = "@(create|write|mkdir|truncate|rename|delete)";

  private static final String KILL = "FILES_KILL";
  private static final String FAIL = "FILES_FAIL";
  private static final String LOG = "FILES_LOG";

  private final Installation roundel;

  private WatchedFiles(Installation roundel) {
    this.roundel = roundel;
  }

  /**
   * Watches the files of what is started from now on.
   *
   * @param under the directory whose files are watched
   * @param scratch where the library goes
   */
  static WatchedFiles of(Installation roundel, Path under, Path scratch) throws IOException {
    Path library = Preloaded.compile("watched-files", scratch);
    roundel.setVariable(Preloaded.VARIABLE, library.toString());
    roundel.setVariable("FILES_UNDER", under.toRealPath().toString());
    return new WatchedFiles(roundel);
  }

  /** Lets the next programs be, but for watching. */
  void letBe() {
    for (String variable : List.of(KILL, FAIL, LOG)) {
      roundel.setVariable(variable, "");
    }
  }

  /**
   * Kills the next programs in an operation.
   *
   * @param number the first, second, … of its kind and file
   */
  void kill(Moment moment, int number) {
    letBe();
    String text = moment.text().isEmpty() ? "" : ":" + moment.text();
    roundel.setVariable(KILL, moment.operation() + ":" + number + ":" + moment.files() + text);
  }

  /** Lets operations of the next programs fail, from the one of that number on. */
  void fail(String operation, String files, int number, int cause) {
    letBe();
    roundel.setVariable(FAIL, operation + ":" + number + ":" + files + ":" + cause);
  }

  /** Writes a log of the next program's operations. */
  void log(Path file) {
    letBe();
    roundel.setVariable(LOG, file.toString());
  }
}
