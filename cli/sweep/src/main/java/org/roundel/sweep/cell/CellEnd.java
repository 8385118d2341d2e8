package org.roundel.sweep.cell;

import org.jspecify.annotations.Nullable;

/**
 * How the work on a cell ended.
 *
 * @param failure why, of one that diverged, failed, is too large or was taken over; null of all
 *     others
 */
public record CellEnd(CellOutcome outcome, @Nullable Throwable failure) {
  static CellEnd of(CellOutcome outcome) {
    return new CellEnd(outcome, null);
  }

  /** Returns why in words; empty if there is nothing to say. */
  public String message() {
    if (failure == null) {
      return "";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
