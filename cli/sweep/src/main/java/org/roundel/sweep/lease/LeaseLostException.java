package org.roundel.sweep.lease;

import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** A cell is no longer this process's: nothing may be written into its run any more. */
public final class LeaseLostException extends RoundelException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String message, @Nullable Throwable cause) {
    super(ErrorKind.CONFIGURATION, message, cause);
  }
}
