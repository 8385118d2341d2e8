package org.roundel.cli.error;

/** What the process returns to its caller. */
public final class ExitCodes {
  /** Done. */
  public static final int OK = 0;

  /** A fault of the program. */
  public static final int INTERNAL = 1;

  /** The command line could not be understood. */
  public static final int USAGE = 2;

  /** The configuration, a data file or the run directory is at fault. */
  public static final int CONFIGURATION = 3;

  /** A plugin could not be loaded or failed. */
  public static final int PLUGIN = 4;

  /** Training diverged; the last good state was kept. */
  public static final int DIVERGED = 5;

  /** Interrupted; a checkpoint was written. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
