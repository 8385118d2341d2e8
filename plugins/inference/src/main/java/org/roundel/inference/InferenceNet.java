package org.roundel.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.onednn.NativeLibrary;
import org.roundel.safetensors.PackedReader;

/**
 * A trained net that runs from its file, without Roundel:
 *
 * <pre>{@code
 * try (InferenceNet net = InferenceNet.load(Path.of("net.safetensors"))) {
 *   System.out.println(net.predict(pixels).className());
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. Each call of {@link #predict} has a copy of the net
 * for itself; there are as many as calls go on at a time, one for each processor at most, and
 * further calls wait. A copy takes about the memory of the net in float32.
 *
 * <p>A call is computed by as many threads as OpenMP says, one for each processor unless the
 * environment's {@code OMP_NUM_THREADS} sets another number: 1 is best where many calls go on at a
 * time.
 */
public final class InferenceNet implements AutoCloseable {
  private final ShippedNet net;
  private final NetPool pool;

  private InferenceNet(ShippedNet net) {
    this.net = net;
    this.pool = new NetPool(() -> new ImageNet(net), Runtime.getRuntime().availableProcessors());
  }

  /**
   * Reads a net that {@code roundel export RUN --format safetensors} wrote, and makes it ready.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidInputException if it is of another format or version, cut short or altered, or
   *     oneDNN cannot run the net, or there is too little memory; the message says which
   * @throws IllegalStateException if oneDNN's native library is not on the class path for this
   *     platform, or cannot be loaded
   */
  public static InferenceNet load(Path file) throws IOException {
    ShippedNet net =
        PackedReader.read(file)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file
                            + " is no net that Roundel packed; write one by 'roundel export RUN"
                            + " --format safetensors --out FILE'"));
    NativeLibrary.Problem problem = NativeLibrary.problem();
    if (problem != null) {
      throw new IllegalStateException(
          "oneDNN cannot be used: "
              + problem.reason()
              + (problem.installed()
                  ? ""
                  : ". Add org.bytedeco:dnnl, opencl and javacpp with this platform's classifier"));
    }
    return new InferenceNet(net);
  }

  /**
   * Says what is on an image.
   *
   * @param pixels {@link #channels} · {@link #height} · {@link #width} values from 0 to 255 in the
   *     order channel (red, green, blue), row, column; mean and deviation are the net's own affair.
   *     Only of a net whose dataset does not say them, what the net sees. Not written, and not kept
   * @throws IllegalArgumentException if they are more or fewer, or one is infinite or NaN
   * @throws InvalidInputException if there is too little memory for another copy of the net
   * @throws IllegalStateException if the net is closed
   */
  public Prediction predict(float[] pixels) {
    ValueShape shape = net.graph().shape(0);
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the net takes images of %s, %d values; found %d",
              shape,
              shape.size(),
              pixels.length));
    }
    float[] scores = pool.with(copy -> copy.scores(pixels));
    return new Prediction(net.classNames(), scores, net.graph().softmax());
  }

  /** Returns the names of the classes, in the order of the scores. */
  public List<String> classNames() {
    return net.classNames();
  }

  /** Returns whether the net was trained for probabilities: their softmax makes them of scores. */
  public boolean givesProbabilities() {
    return net.graph().softmax();
  }

  /** Returns how many channels an image has: 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return net.graph().shape(0).channels();
  }

  /** Returns how many rows of pixels an image has. */
  public int height() {
    return net.graph().shape(0).height();
  }

  /** Returns how many pixels a row has. */
  public int width() {
    return net.graph().shape(0).width();
  }

  /** Waits for calls that go on, and frees native memory; a second call does nothing. */
  @Override
  public void close() {
    pool.close();
  }
}
