package org.roundel.core.shard;

import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Other processes could not compute what they were asked for; nothing here has changed by it. */
public final class ClusterFailure extends RoundelException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a failure.
   *
   * @param message complete, for the user
   */
  public ClusterFailure(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(kind, message, cause);
  }
}
