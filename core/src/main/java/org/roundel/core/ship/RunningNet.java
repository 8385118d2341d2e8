package org.roundel.core.ship;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;

/** A shipped net that an inference runs. For one thread at a time. */
public final class RunningNet implements AutoCloseable {
  private final ShippedNet net;
  private final Selected<InferenceFactory> selected;
  private final Inference inference;
  private FloatBuffer scores = buffer(0);

  /**
   * Makes a net ready. How many threads compute it is set before.
   *
   * @param inference an inference's name
   * @throws RoundelException if there is none of that name, or it cannot run the net
   */
  public RunningNet(PluginRegistry registry, String inference, ShippedNet net) {
    this.net = net;
    this.selected = registry.inference(inference);
    this.inference = selected.create(factory -> factory.create(net, selected.options(Map.of())));
  }

  /** Returns a buffer of zeros for {@link #scores}. */
  public static FloatBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * Computes the scores of images, before softmax.
   *
   * @param images [count, channels, height, width], scaled already; direct, in native order, read
   *     from position 0
   * @return a row for each image, a number for each class
   * @throws RoundelException if the inference fails
   */
  public float[][] scores(FloatBuffer images, int count) {
    int classes = net.graph().classes();
    if (scores.capacity() < count * classes) {
      scores = buffer(count * classes);
    }
    return selected.call(
        "could not run the net",
        factory -> {
          inference.scores(images, count, scores);
          float[][] rows = new float[count][classes];
          for (int image = 0; image < count; image++) {
            scores.get(image * classes, rows[image]);
          }
          return rows;
        });
  }

  /** Returns the shape of the images. */
  public ValueShape images() {
    return net.graph().shape(0);
  }

  @Override
  public void close() {
    inference.close();
  }
}
