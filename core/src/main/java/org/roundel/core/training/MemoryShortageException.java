package org.roundel.core.training;

import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** A run needs more memory than there is here; nothing was recorded of it yet. */
public final class MemoryShortageException extends RoundelException {
  private static final long serialVersionUID = 1L;

  MemoryShortageException(String message) {
    super(ErrorKind.CONFIGURATION, message);
  }
}
