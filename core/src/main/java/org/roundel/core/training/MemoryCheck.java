package org.roundel.core.training;

import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.roundel.api.MemoryLimit;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.floats.GradientSum;
import org.roundel.core.net.StateCopies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is memory for what a run keeps beside its net: a system kills who takes too much,
 * and does not say why.
 */
final class MemoryCheck {
  private static final Logger logger = LoggerFactory.getLogger(MemoryCheck.class);
  private static final long MEGABYTE = 1_000_000;

  /** Numbers that there are for each weight before this is asked: its value and its gradient. */
  private static final long MADE_BEFORE = 2;

  private MemoryCheck() {}

  /**
   * Checks before these arrays are made.
   *
   * @param model has made its own, but not used them yet; a teacher's is made too
   * @param configuration the run's
   * @param pixels how many numbers all batches hold that are prepared ahead of time
   * @param allowed how many bytes a run may take beside Java's heap, whatever is free
   * @throws MemoryShortageException with need and limit
   */
  static void require(
      Model model,
      Quantizer quantizer,
      Optimizer optimizer,
      RunConfiguration configuration,
      long pixels,
      long allowed) {
    long numbers = 0;
    for (Parameter parameter : model.parameters()) {
      numbers += parameter.values().length();
    }
    long weights = numbers * copies(quantizer, optimizer, configuration) * Float.BYTES;
    long images = pixels * Float.BYTES;
    long free = Pointer.availablePhysicalBytes();
    String limit = "";
    Optional<MemoryLimit> group = MemoryLimit.ofProcess();
    if (group.isPresent() && group.get().availableOutsideHeap() < free) {
      free = group.get().availableOutsideHeap();
      limit = " " + group.get().words();
    }
    // The system counts memory when it is first written, so what JavaCPP gave the net is still to
    // come, and so is what it gave a teacher's. Values and gradients are ND4J's own, which wrote
    // them: they are no longer free.
    long need = Pointer.totalBytes() + weights + images;
    long made = numbers * MADE_BEFORE * Float.BYTES;
    if (need + made > allowed) {
      throw new MemoryShortageException(
          "this run needs "
              + (need + made + MEGABYTE - 1) / MEGABYTE
              + " MB of native memory, and "
              + allowed / MEGABYTE
              + " MB are allowed");
    }
    logger.debug("Needs {} bytes of native memory, {} are free{}", need, free, limit);
    if (need > free) {
      throw new MemoryShortageException(
          "this run needs "
              + (need + MEGABYTE - 1) / MEGABYTE
              + " MB of native memory, of it "
              + images / MEGABYTE
              + " for batches that are prepared ahead and "
              + weights / MEGABYTE
              + " for weights and what goes with them, and "
              + free / MEGABYTE
              + " MB are free"
              + limit
              + "; use a smaller batch or a narrower net");
    }
  }

  /** Returns how many numbers are kept for each weight, beside its value and gradient. */
  private static int copies(
      Quantizer quantizer, Optimizer optimizer, RunConfiguration configuration) {
    int averages = configuration.get(RunSettings.EMA_DECAY) > 0 ? 1 : 0;
    int ofOptimizer = StateCopies.of(optimizer.stateArrays(), 0);
    return ofOptimizer
        + averages
        + GradientSum.levels(configuration.get(RunSettings.SHARDS))
        + (quantizer.keepsLatentWeights() ? 1 : 0)
        + StateCopies.of(quantizer.stateArrays(), 1 + ofOptimizer + averages);
  }
}
