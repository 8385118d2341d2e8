package org.roundel.onednn;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.OpenMp;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.Team;
import org.roundel.winograd.VectorSupport;

/**
 * What a net is run by.
 *
 * @param wishes how it is computed, where there is a choice
 * @param team the threads of kernels in Java
 * @param openMp how oneDNN's own threads are counted, so that the team of a compiled net runs
 *     oneDNN's kernels, too, and need not be woken behind them; null to leave those to oneDNN's
 *     threads
 * @param allowed says how many bytes more this process may take, where that is less than what the
 *     machine has
 */
public record Execution(Wishes wishes, Team team, @Nullable OpenMp openMp, LongSupplier allowed) {
  /** Returns what is known of OpenMP if there may be kernels in Java beside oneDNN's, else null. */
  @Nullable OpenMp forOneTeam(Wishes chosen) {
    return chosen.convolution() == ConvolutionMethod.DIRECT || VectorSupport.problem() != null
        ? null
        : openMp;
  }
}
