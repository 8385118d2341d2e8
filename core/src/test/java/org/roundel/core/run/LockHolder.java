package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.Path;
import org.roundel.core.RoundelException;

/** A program that locks a run directory, says so, and keeps it until its input ends. */
final class LockHolder {
  static final String LOCKED = "locked";

  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (RunDirectory run = RunDirectory.open(Path.of(arguments[0]))) {
      System.out.println(LOCKED);
      while (System.in.read() >= 0) {
        run.path();
      }
    } catch (RoundelException failed) {
      System.out.println(failed.getMessage());
    }
  }
}
