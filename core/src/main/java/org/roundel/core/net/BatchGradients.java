package org.roundel.core.net;

import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.floats.FloatPass;
import org.roundel.core.loss.BatchTargets;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.shard.BufferBackup;
import org.roundel.core.shard.ClusterPass;
import org.roundel.core.shard.ShardedPass;

/**
 * Leaves a batch's gradients in the net's parameters: computed, found finite, and scaled down where
 * their norm is too large.
 *
 * <p>With the norm ‖g‖ over all parameters together and the largest one allowed X, the gradients
 * are multiplied by X/‖g‖ where ‖g‖ &gt; X (Pascanu, Mikolov and Bengio, "On the difficulty of
 * training recurrent neural networks", 2013). PyTorch's {@code clip_grad_norm_} divides by ‖g‖ +
 * 1e−6 instead. Used by one thread.
 */
public final class BatchGradients {
  private final TrainedNet net;
  private final long seed;
  private final double largestNorm;
  private final @Nullable BatchTargets targets;
  private final ComponentCalls calls;
  private final BufferBackup buffers;
  private final @Nullable ShardedPass sharded;
  private final @Nullable ClusterPass cluster;

  /**
   * Makes one for a net.
   *
   * @param seed the run's
   * @param largestNorm what gradients are scaled down to; 0 to leave them
   * @param shards how many parts a batch is computed in; 1 for the whole at once
   * @param targets makes what the loss goes by, of each part; null for the labels
   * @param cluster has the parts computed elsewhere; null for here
   */
  public BatchGradients(
      TrainedNet net,
      long seed,
      double largestNorm,
      int shards,
      @Nullable BatchTargets targets,
      @Nullable ClusterPass cluster) {
    this.net = net;
    this.seed = seed;
    this.largestNorm = largestNorm;
    this.targets = targets;
    this.calls = net.calls();
    this.buffers = new BufferBackup(net.model().buffers());
    this.cluster = cluster;
    this.sharded =
        shards == 1 || cluster != null ? null : new ShardedPass(net.model(), shards, buffers);
  }

  /**
   * What was computed.
   *
   * @param batch loss and error of the batch
   * @param norm Euclidean norm of the gradients of all parameters together, before any scaling
   * @param diverged in words, what was not finite; null if all was well. Buffers are then as before
   */
  record Result(BatchResult batch, double norm, @Nullable String diverged) {}

  Result compute(Batch batch, long step) {
    buffers.save();
    BatchResult result = run(batch, step);
    double squares = 0;
    String diverged = Double.isFinite(result.loss()) ? null : "the loss is " + result.loss();
    for (TrainedParameter parameter : net.parameters()) {
      double own = parameter.gradientSquares();
      if (diverged == null && !Double.isFinite(own)) {
        diverged = "the gradient of " + parameter.name() + " is not finite";
      }
      squares += own;
    }
    double norm = Math.sqrt(squares);
    if (diverged != null) {
      buffers.restore();
    } else if (largestNorm > 0 && norm > largestNorm) {
      for (TrainedParameter parameter : net.parameters()) {
        FloatPass.scale(parameter.gradientFloats(), (float) (largestNorm / norm));
      }
    }
    return new Result(result, norm, diverged);
  }

  private BatchResult run(Batch batch, long step) {
    RandomSource random = RandomSource.of(seed, RandomPurpose.MODEL, step);
    try {
      if (cluster != null) {
        return cluster.run(batch.size(), step);
      }
      return sharded == null ? pass(batch, random) : sharded.run(batch, random, this::pass);
    } catch (Throwable failed) {
      // The forward pass may have changed them, and the run is to be kept as it was.
      buffers.restore();
      throw failed;
    }
  }

  private BatchResult pass(Batch batch, RandomSource random) {
    calls.enter(ComponentKind.MODEL);
    Batch aimed = targets == null ? batch : targets.of(batch);
    BatchResult result = net.model().computeGradients(aimed, random);
    calls.leave();
    return result;
  }
}
