package org.roundel.core.shard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * What processes tell one another, but for a model's arrays.
 *
 * <pre>
 * shared  length of the run, the run as JSON, update (0: only open the run), weights
 * task    first part, end, images of the batch
 * result  0, for each part loss, wrong, images and buffers, then the sum of the gradients
 *         1, why the worker refuses; 2 where a plugin is at fault
 * </pre>
 */
final class ShardMessages {
  static final byte DONE = 0;
  private static final byte REFUSED = 1;
  private static final byte REFUSED_PLUGIN = 2;
  private static final int TASK_BYTES = 3 * Integer.BYTES;
  private static final int MOST_RUN_BYTES = 1 << 20;

  /** The bytes of a part's outcome, beside buffers. */
  static final int OUTCOME_BYTES = Double.BYTES + 2 * Integer.BYTES;

  private ShardMessages() {}

  /** Returns what stands before the weights. */
  static byte[] shared(byte[] run, long step) {
    return ByteBuffer.allocate(Integer.BYTES + run.length + Long.BYTES)
        .putInt(run.length)
        .put(run)
        .putLong(step)
        .array();
  }

  /** Reads the run. */
  static byte[] run(ByteBuffer shared) {
    int length = shared.getInt();
    if (length < 0 || length > MOST_RUN_BYTES || length > shared.remaining()) {
      throw new IllegalArgumentException("a run of " + length + " bytes");
    }
    byte[] run = new byte[length];
    shared.get(run);
    return run;
  }

  static byte[] task(PartsPass.Range range) {
    return ByteBuffer.allocate(TASK_BYTES)
        .putInt(range.first())
        .putInt(range.end())
        .putInt(range.images())
        .array();
  }

  static PartsPass.Range range(byte[] task) {
    if (task.length != TASK_BYTES) {
      throw new IllegalArgumentException("a task of " + task.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(task);
    return new PartsPass.Range(bytes.getInt(), bytes.getInt(), bytes.getInt());
  }

  /** Returns a result to be written behind its first byte. */
  static ByteBuffer done(byte[] result) {
    return ByteBuffer.wrap(result).put(DONE);
  }

  static byte[] refused(RoundelException refusal) {
    byte[] message = String.valueOf(refusal.getMessage()).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + message.length)
        .put(refusal.kind() == ErrorKind.PLUGIN ? REFUSED_PLUGIN : REFUSED)
        .put(message)
        .array();
  }

  /**
   * Returns a result behind its first byte.
   *
   * @param bytes how many must follow
   * @throws ClusterFailure if the worker refuses
   */
  static ByteBuffer result(byte[] result, int bytes) {
    ByteBuffer read = ByteBuffer.wrap(result);
    byte status = result.length == 0 ? DONE : read.get();
    if (status != DONE) {
      ErrorKind kind = status == REFUSED_PLUGIN ? ErrorKind.PLUGIN : ErrorKind.CONFIGURATION;
      throw new ClusterFailure(kind, StandardCharsets.UTF_8.decode(read).toString(), null);
    }
    if (result.length != 1 + bytes) {
      throw new IllegalStateException(
          "a worker's result has " + result.length + " bytes, expected " + (1 + bytes));
    }
    return read;
  }
}
