package org.roundel.core.run;

import java.nio.file.Path;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** A run directory is being written by somebody else. */
public final class RunInUseException extends RoundelException {
  private static final long serialVersionUID = 1L;

  RunInUseException(Path directory) {
    super(
        ErrorKind.CONFIGURATION,
        "the run directory "
            + directory
            + " is already in use by another run. Wait until that one has ended, or choose another"
            + " directory.");
  }
}
