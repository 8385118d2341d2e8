package org.roundel.cli.command;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.roundel.cli.error.ExitCodes;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop that a run can honour with a checkpoint.
 *
 * <p>The JVM answers both signals by running its shutdown hooks and leaving with 130 or 143; {@link
 * #awaitEnd} is to be such a hook. While nothing is running that could be saved, it returns at
 * once.
 */
public final class Interruption implements BooleanSupplier {
  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String stopping = "";
  private volatile boolean running;
  private volatile boolean requested;
  private volatile int exitCode;

  /** Makes one that tells the user on this stream what it waits for. */
  public Interruption(PrintStream err) {
    this.err = err;
  }

  /** Says that from now on there is a run to save. */
  void runStarted() {
    started("Stopping after this update; a checkpoint is being written ...");
  }

  /**
   * Says that from now on there is something to save.
   *
   * @param answer what the user is told when the command is asked to stop
   */
  void started(String answer) {
    stopping = answer;
    running = true;
  }

  /** Returns whether the run is to stop. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  /** Says that the command has ended and printed all it had to say. */
  public void ended(int code) {
    exitCode = code;
    running = false;
    ended.countDown();
  }

  /**
   * Asks the run to stop and waits until it has.
   *
   * @return the exit code where it is another than the signal's own, else {@link
   *     ExitCodes#INTERRUPTED}
   */
  public int awaitEnd() {
    if (!running) {
      return ExitCodes.INTERRUPTED;
    }
    requested = true;
    err.println();
    err.println(stopping);
    try {
      ended.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      return ExitCodes.INTERRUPTED;
    }
    return exitCode;
  }
}
