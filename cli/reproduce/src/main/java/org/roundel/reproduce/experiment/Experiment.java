package org.roundel.reproduce.experiment;

import java.io.IOException;

/** One experiment. It leaves its configuration, data, figures and a report in a directory. */
public interface Experiment {
  /** The name of the report in an experiment's directory. */
  String REPORT = "report.html";

  /** Returns the name of its directory below the output, as in {@code toy}. */
  String name();

  /**
   * Runs the experiment, or goes on with it, and writes its files. Finished parts that an earlier
   * call has left in the directory are used, not computed again.
   *
   * @return false if it was told to stop before it was done; what was finished is kept
   * @throws IOException if its files could not be read or written
   */
  boolean run(Workspace workspace) throws IOException;
}
