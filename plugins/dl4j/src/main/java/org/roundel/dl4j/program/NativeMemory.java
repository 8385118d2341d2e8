package org.roundel.dl4j.program;

import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MemoryLimit;
import org.roundel.onednn.InsufficientMemoryException;

/** What this process may still take for compiled nets, and what to say where it is too little. */
final class NativeMemory {
  private NativeMemory() {}

  /** Returns how many bytes a limit on the process leaves; without one, no number is too large. */
  static long allowed() {
    return MemoryLimit.ofProcess().map(MemoryLimit::availableOutsideHeap).orElse(Long.MAX_VALUE);
  }

  static InvalidInputException refused(InsufficientMemoryException tooLarge) {
    if (tooLarge.heap()) {
      return new InvalidInputException(
          tooLarge.getMessage()
              + "; give Java more, by ROUNDEL_OPTS=-Xmx2g for example, or set convolution=direct",
          tooLarge);
    }
    return new InvalidInputException(
        tooLarge.getMessage() + limit() + "; use a smaller batch or a narrower net", tooLarge);
  }

  private static String limit() {
    Optional<MemoryLimit> limit = MemoryLimit.ofProcess();
    return limit.isPresent()
            && limit.get().availableOutsideHeap() < Pointer.availablePhysicalBytes()
        ? " " + limit.get().words()
        : "";
  }
}
