package org.roundel.onednn.operation;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;

/** What operations ask of their inputs. */
final class Requirements {
  private Requirements() {}

  static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  static void requireImage(Shape in) {
    require(!in.row(), "it gets rows, not images");
  }

  static void requireFits(Window window, Shape in) {
    requireImage(in);
    require(window.fits(in), "its window " + window + " does not fit " + in);
  }

  static void requireLength(@Nullable Slice slice, long length) {
    require(
        slice == null || slice.length() == length,
        "a tensor of it has "
            + (slice == null ? 0 : slice.length())
            + " numbers and should have "
            + length);
  }
}
