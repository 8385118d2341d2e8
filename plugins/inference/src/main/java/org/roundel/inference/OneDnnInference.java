package org.roundel.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MemoryLimit;
import org.roundel.api.inference.Inference;
import org.roundel.api.net.ShippedNet;
import org.roundel.onednn.Execution;
import org.roundel.onednn.FrozenNet;
import org.roundel.onednn.InsufficientMemoryException;
import org.roundel.onednn.graph.NoKernelException;
import org.roundel.onednn.net.Wishes;

/** A net as programs on oneDNN. For one thread at a time. */
final class OneDnnInference implements Inference {
  private final FrozenNet net;
  private final int classes;

  /**
   * Makes a net ready, and runs it once.
   *
   * @throws InvalidInputException if oneDNN cannot run it, or that takes more memory than there is
   */
  OneDnnInference(ShippedNet shipped) {
    classes = shipped.graph().classes();
    TranslatedNet translated = TranslatedNet.of(shipped);
    try (FloatPointer values = new FloatPointer(translated.values())) {
      net =
          new FrozenNet(
              translated.graph(),
              values,
              new Execution(Wishes.NONE, new PassTeam(), null, OneDnnInference::allowed));
    }
    try {
      // Of what oneDNN cannot do one hears when a program is made.
      scores(buffer(shipped.graph().shape(0).size()), 1, buffer(classes));
    } catch (NoKernelException refused) {
      close();
      throw new InvalidInputException(refused.getMessage(), refused);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Returns how many bytes more this process may take. */
  private static long allowed() {
    return MemoryLimit.ofProcess().map(MemoryLimit::availableOutsideHeap).orElse(Long.MAX_VALUE);
  }

  /** Returns a buffer of zeros as {@link #scores} takes them. */
  static FloatBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void scores(FloatBuffer images, int count, FloatBuffer scores) {
    try (FloatPointer pointer = new FloatPointer(images.duplicate().position(0))) {
      // It fills the whole buffer.
      net.predict(pointer, count, scores.slice(0, count * classes));
    } catch (InsufficientMemoryException tooLarge) {
      throw new InvalidInputException(tooLarge.getMessage(), tooLarge);
    }
  }

  @Override
  public String engine() {
    return net.engine();
  }

  @Override
  public void close() {
    net.close();
  }
}
