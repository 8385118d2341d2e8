package org.roundel.core;

/** Whose fault a failure is; the command line turns it into an exit code. */
public enum ErrorKind {
  /** The configuration, or a file that it names, is at fault. */
  CONFIGURATION,
  /** A plugin could not be loaded, or failed while it was used. */
  PLUGIN,
  /** Training diverged: a loss or gradient was not finite. */
  DIVERGED
}
