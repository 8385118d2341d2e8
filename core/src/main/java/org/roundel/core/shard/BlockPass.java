package org.roundel.core.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.roundel.api.model.Model;
import org.roundel.api.random.RandomSource;
import org.roundel.core.RoundelException;

/** Computes blocks of a batch's parts for another process. Used by one thread at a time. */
public final class BlockPass {
  private final ShardModel arrays;
  private final BufferBackup before;
  private final PartsPass parts;
  private long placedFor;

  /**
   * Makes one.
   *
   * @param shards how many parts a batch has
   */
  public BlockPass(Model model, int shards) {
    this.arrays = new ShardModel(model);
    this.before = new BufferBackup(model.buffers());
    this.parts = new PartsPass(model, shards, before);
  }

  /** Returns the run, as {@link ClusterPass} was given it, of what all tasks share. */
  public static byte[] run(byte[] shared) {
    return ShardMessages.run(ByteBuffer.wrap(shared));
  }

  /** Returns the number of the update of what all tasks share; 0 where there is none. */
  public static long step(byte[] shared) {
    ByteBuffer bytes = ByteBuffer.wrap(shared);
    ShardMessages.run(bytes);
    return bytes.getLong();
  }

  /** Returns the parts that a task is about. */
  public static PartsPass.Range range(byte[] task) {
    return ShardMessages.range(task);
  }

  /** Returns the answer that a run was opened. */
  public static byte[] opened() {
    return new byte[] {ShardMessages.DONE};
  }

  /** Returns the answer that this process cannot take part, and why. */
  public static byte[] refused(RoundelException refusal) {
    return ShardMessages.refused(refusal);
  }

  /** Computes a task's parts with the weights that all tasks share, and returns the answer. */
  public byte[] compute(
      byte[] shared,
      PartsPass.Range range,
      PartsPass.Parts source,
      RandomSource random,
      PartsPass.Pass pass)
      throws IOException {
    place(shared);
    byte[] bytes = new byte[resultBytes(range.end() - range.first())];
    ByteBuffer answer = ShardMessages.done(bytes);
    parts.run(
        range,
        source,
        random,
        pass,
        (index, weight, result) -> {
          answer.putDouble(result.loss()).putInt(result.wrong()).putInt(result.size());
          arrays.writeBuffers(answer);
        });
    arrays.writeGradients(answer);
    return bytes;
  }

  private int resultBytes(int count) {
    int outcome = ShardMessages.OUTCOME_BYTES + arrays.bufferBytes();
    return Math.addExact(1 + count * outcome, arrays.gradientBytes());
  }

  /** Puts the weights in place once for all tasks of an update, and the buffers for each task. */
  private void place(byte[] shared) {
    ByteBuffer bytes = ByteBuffer.wrap(shared);
    ShardMessages.run(bytes);
    long step = bytes.getLong();
    if (step == placedFor) {
      before.restore();
      return;
    }
    placedFor = 0;
    arrays.placeWeights(bytes);
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes behind the weights");
    }
    before.save();
    placedFor = step;
  }
}
