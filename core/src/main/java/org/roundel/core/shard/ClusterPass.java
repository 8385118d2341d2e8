package org.roundel.core.shard;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.floats.GradientSum;

/**
 * Has batches' gradients computed by other processes, block by block, and adds them here: to the
 * bytes of {@link ShardedPass}. Used by one thread.
 */
public final class ClusterPass {
  private final Cluster cluster;
  private final byte[] run;
  private final int shards;
  private final ShardModel model;
  private final PartTotals totals;
  private @Nullable GradientSum gradients;
  private int mostBlocks;

  private ClusterPass(Model model, Cluster cluster, byte[] run, int shards) {
    this.cluster = cluster;
    this.run = run;
    this.shards = shards;
    this.model = new ShardModel(model);
    this.totals = new PartTotals(model.buffers());
  }

  /**
   * Makes one, and has the workers that are there open the run, so that what is wrong with them is
   * told before it begins.
   *
   * @param run what workers open, as {@code ShardRun} writes it
   * @param shards how many parts a batch has
   * @throws RoundelException if there is one part only
   * @throws ClusterFailure if a worker cannot take part
   */
  public static ClusterPass open(Model model, Cluster cluster, byte[] run, int shards) {
    requireParts(shards);
    byte[][] tasks = new byte[cluster.workers()][];
    Arrays.fill(tasks, ShardMessages.task(new PartsPass.Range(0, 0, 0)));
    for (byte[] result : cluster.run(ShardMessages.shared(run, 0), tasks)) {
      ShardMessages.result(result, 0);
    }
    return new ClusterPass(model, cluster, run, shards);
  }

  /**
   * Requires that there is something to share out.
   *
   * @param shards how many parts a batch has
   * @throws RoundelException if there is one part only
   */
  public static void requireParts(int shards) {
    if (shards == 1) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "shards is 1, so there is nothing to share out among other processes; give --shards 2 or"
              + " more, as many as there are workers or a multiple of that");
    }
  }

  /**
   * Computes a batch with the weights and buffers that are in place.
   *
   * @param images how many it has
   * @param step the number of the update in the run, counted from 1
   * @return its result; gradients and buffers are in place
   * @throws ClusterFailure if it could not be computed; gradients and buffers mean nothing then
   */
  public BatchResult run(int images, long step) {
    int parts = Math.min(shards, images);
    int size = Blocks.size(parts, cluster.workers());
    int blocks = Blocks.count(parts, size);
    byte[][] tasks = new byte[blocks][];
    for (int block = 0; block < blocks; block++) {
      int end = Math.min(parts, (block + 1) * size);
      tasks[block] = ShardMessages.task(new PartsPass.Range(block * size, end, images));
    }
    byte[][] results = cluster.run(model.weights(ShardMessages.shared(run, step)), tasks);
    GradientSum sum = sum(blocks);
    for (int block = 0; block < blocks; block++) {
      int first = block * size;
      takeIn(results[block], first, Math.min(parts, first + size), images);
      sum.add(block, 1, block == blocks - 1);
    }
    return totals.place(images);
  }

  private void takeIn(byte[] result, int first, int end, int images) {
    int outcome = ShardMessages.OUTCOME_BYTES + model.bufferBytes();
    ByteBuffer bytes =
        ShardMessages.result(result, (end - first) * outcome + model.gradientBytes());
    for (int part = first; part < end; part++) {
      double loss = bytes.getDouble();
      BatchResult own = new BatchResult(loss, bytes.getInt(), bytes.getInt());
      model.readBuffers(bytes);
      totals.add(part, (double) own.size() / images, own);
    }
    model.readGradients(bytes);
  }

  private GradientSum sum(int blocks) {
    if (gradients == null || blocks > mostBlocks) {
      gradients = new GradientSum(model.gradients(), blocks);
      mostBlocks = blocks;
    }
    return gradients;
  }
}
