package org.roundel.cli.command.context;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.roundel.cli.error.ExitCodes;

/**
 * Turns Ctrl-C, SIGTERM and the end of the terminal into a request to stop that a run can honour
 * with a checkpoint; a second Ctrl-C or SIGTERM ends the process at once.
 *
 * <p>While nothing is running that could be saved, the first one does so too.
 */
public final class Interruption implements BooleanSupplier {
  /** Shells give 128 and the signal's number as the exit code of what a signal has ended. */
  private static final int SIGNALLED = 128;

  private static final int HANG_UP = 1;
  private static final int HOOKS_MILLIS = 1000;

  private final PrintStream err;
  private final IntConsumer leave;
  private String stopping = "";
  private boolean running;
  private boolean pausing;
  private int signal;
  private volatile boolean requested;

  /** Makes one that tells the user on this stream what it waits for. */
  public Interruption(PrintStream err) {
    this(err, Interruption::leave);
  }

  Interruption(PrintStream err, IntConsumer leave) {
    this.err = err;
    this.leave = leave;
  }

  /** Leaves the JVM, with its shutdown hooks unless one of them waits for what hangs. */
  private static void leave(int exitCode) {
    Thread exit = new Thread(() -> System.exit(exitCode), "exit");
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(HOOKS_MILLIS);
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** Handles the signals of this process from now on. */
  public void handleSignals() {
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signals.handle(name, this::signalled);
    }
  }

  /** Says that from now on there is a run to save. */
  public void runStarted() {
    started("Stopping after this update; a checkpoint is being written ...");
  }

  /** Says that the run has ended; what is told of it may take a moment more. */
  public synchronized void runEnded() {
    if (running) {
      started("The run has ended and is kept; what is told of it is being finished ...");
    }
  }

  /**
   * Says that from now on there is something to save.
   *
   * @param answer what the user is told when the command is asked to stop
   */
  public synchronized void started(String answer) {
    stopping = answer;
    running = true;
  }

  /** Returns whether the run is to stop. */
  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  /**
   * Waits for some time, with all work done and kept. Being asked to stop ends the waiting and
   * nothing else.
   */
  public synchronized void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    pausing = true;
    // What was asked for while the user was being told of the waiting counts too.
    while (pausing && !requested && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    pausing = false;
  }

  /**
   * Says that the command has ended and printed all it had to say.
   *
   * @return the exit code of the process: where the command was interrupted, that of the signal
   */
  public synchronized int ended(int code) {
    running = false;
    return code == ExitCodes.INTERRUPTED && signal != 0 ? SIGNALLED + signal : code;
  }

  /** Asks the run to stop, or ends the process. */
  synchronized void signalled(int number) {
    if (pausing) {
      pausing = false;
      notifyAll();
    } else if (!running) {
      leave.accept(SIGNALLED + number);
    } else if (!requested) {
      signal = number;
      requested = true;
      err.println();
      err.println(stopping);
      err.println("Press Ctrl-C again to end at once, with what was kept before.");
      err.flush();
    } else if (number != HANG_UP) {
      // A terminal that closes may send its signal twice, from the system and from the shell.
      err.println("Ended at once.");
      err.flush();
      leave.accept(SIGNALLED + number);
    }
  }
}
