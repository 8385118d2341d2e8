package org.roundel.onednn.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.winograd.Finish;
import org.roundel.winograd.SignedRows;
import org.roundel.winograd.SignedRowsPass;
import org.roundel.winograd.VectorSupport;

/**
 * The product of one row and weights that never change, where all weights of an output are +s or
 * −s: a bit each instead of 32, which memory brings faster.
 */
public final class SignedProduct {
  /** Fewer weights stay in the cache. */
  private static final long LEAST_WEIGHTS = 1L << 18;

  private final Weights weights;
  private final Tensor source;
  private final SignedRows rows;

  private SignedProduct(Weights weights, Tensor source, SignedRows rows) {
    this.weights = weights;
    this.source = source;
    this.rows = rows;
  }

  /**
   * Returns the product, null where the weights are others or too few.
   *
   * @param source one image or row
   * @param shape its shape
   */
  public static @Nullable SignedProduct of(
      ProgramBuilder program, Weights weights, Tensor source, Shape shape) {
    if (weights.slice().length() < LEAST_WEIGHTS || VectorSupport.problem() != null) {
      return null;
    }
    int block = block(source, shape);
    if (block == 0) {
      return null;
    }
    int channels = Math.toIntExact(shape.channels());
    int pixels = Math.toIntExact(shape.height() * shape.width());
    SignedRows rows =
        SignedRows.of(
            weights.values(program).floats(),
            channels * pixels,
            column -> {
              int channel = column / pixels;
              return (channel / block * pixels + column % pixels) * block + channel % block;
            });
    return rows == null ? null : new SignedProduct(weights, source, rows);
  }

  /** Returns how many channels of a pixel lie side by side, 0 if they lie in another way. */
  private static int block(Tensor source, Shape shape) {
    if (shape.row() || is(source, Layout.CHANNELS_LAST, shape)) {
      return Math.toIntExact(shape.channels());
    }
    boolean blocks = shape.channels() % Device.block() == 0;
    return blocks && is(source, Layout.BLOCKED, shape) ? Math.toIntExact(Device.block()) : 0;
  }

  private static boolean is(Tensor source, Layout layout, Shape shape) {
    memory.desc described = Device.describe(layout, 1, shape);
    return ProgramBuilder.same(source.descriptor(), described);
  }

  /**
   * Adds its step.
   *
   * @param target one row, written
   * @param after what can be added, and whether it rectifies
   */
  public void add(ProgramBuilder program, Tensor target, PostOperations after) {
    Tensor added = after.added();
    Finish finish = new Finish(weights.biases(program), added != null, after.rectifies());
    SignedRowsPass pass = new SignedRowsPass(rows, finish, program.workspace());
    Tensor other = added == null ? source : added;
    program.compute(
        weights.name() + " forward",
        Program.VECTORS,
        () -> {
          FloatBuffer numbers = source.floats();
          pass.run(numbers, other.floats(), target.floats());
        },
        source,
        other,
        target);
  }
}
