package org.roundel.winograd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A convolution's three passes on arrays [batch, channels, height, width]. */
final class Passes {
  private final Images source;
  private final Images target;
  private final ImagePass forward;
  private final ImagePass back;
  private final WeightsPass weights;
  private final Team team;

  /**
   * Plans them.
   *
   * @param block channels side by side, 0 for all
   */
  Passes(DoubleConvolution sizes, int block, Team team) {
    this(sizes, block, Loading.AS_THEY_ARE, team);
  }

  /**
   * Plans them.
   *
   * @param loading what is done to the input
   */
  Passes(DoubleConvolution sizes, int block, Loading loading, Team team) {
    source = images(sizes, sizes.inputs(), block);
    target = images(sizes, sizes.outputs(), block);
    this.team = team;
    Workspace workspace = new Workspace(team);
    forward = new ImagePass(source, target, loading, false, workspace);
    back = new ImagePass(target, source, Loading.AS_THEY_ARE, true, workspace);
    weights = new WeightsPass(source, loading, target, workspace);
    workspace.allocate();
  }

  private static Images images(DoubleConvolution sizes, int channels, int block) {
    return new Images(
        sizes.batch(), channels, sizes.height(), sizes.width(), block == 0 ? channels : block);
  }

  float[] forward(float[] from, float[] by) {
    FloatBuffer result = outside(new float[size(target)]);
    forward.run(outside(by), outside(laid(source, from, true)), result);
    return laid(target, inside(result), false);
  }

  /**
   * With weights that are transformed once.
   *
   * @param added what is added to the outputs, null for nothing
   * @return the outputs, and those of a second run
   */
  float[][] inference(
      float[] from, float[] by, float[] bias, float @Nullable [] added, boolean rectifies) {
    FloatBuffer weightsOnce = outside(by);
    Workspace workspace = new Workspace(team);
    InferencePass pass =
        new InferencePass(
            source,
            target,
            new FixedWeights(weightsOnce, source.channels(), target.channels()),
            new Finish(bias, added != null, rectifies),
            workspace);
    workspace.allocate();
    weightsOnce.put(0, new float[by.length]);
    FloatBuffer images = outside(laid(source, from, true));
    FloatBuffer other = added == null ? images : outside(laid(target, added, true));
    float[][] results = new float[2][];
    for (int run = 0; run < results.length; run++) {
      FloatBuffer result = outside(new float[size(target)]);
      pass.run(images, other, result);
      results[run] = laid(target, inside(result), false);
    }
    return results;
  }

  float[] inputGradient(float[] gradient, float[] by) {
    FloatBuffer result = outside(new float[size(source)]);
    back.run(outside(by), outside(laid(target, gradient, true)), result);
    return laid(source, inside(result), false);
  }

  float[] weightsGradient(float[] from, float[] gradient) {
    FloatBuffer result = outside(new float[9 * source.channels() * target.channels()]);
    weights.run(outside(laid(source, from, true)), outside(laid(target, gradient, true)), result);
    return inside(result);
  }

  static float[] normal(int size, Random random) {
    float[] values = new float[size];
    for (int index = 0; index < size; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int size(Images images) {
    return images.batch() * images.channels() * images.height() * images.width();
  }

  /** Brings images into the kernels' order, or back. */
  private static float[] laid(Images images, float[] values, boolean there) {
    float[] result = new float[values.length];
    int pixels = images.height() * images.width();
    for (int image = 0; image < images.batch(); image++) {
      for (int channel = 0; channel < images.channels(); channel++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          int plain = (image * images.channels() + channel) * pixels + pixel;
          int block = image * images.channels() / images.block() + channel / images.block();
          int blocked = (block * pixels + pixel) * images.block() + channel % images.block();
          result[there ? blocked : plain] = values[there ? plain : blocked];
        }
      }
    }
    return result;
  }

  /** Copies to memory outside the heap, as the arrays of a net are. */
  private static FloatBuffer outside(float[] values) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return buffer.put(0, values);
  }

  private static float[] inside(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
