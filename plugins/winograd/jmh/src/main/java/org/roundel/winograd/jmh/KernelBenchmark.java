package org.roundel.winograd.jmh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.roundel.winograd.ImagePass;
import org.roundel.winograd.Images;
import org.roundel.winograd.Loading;
import org.roundel.winograd.Normalization;
import org.roundel.winograd.Team;
import org.roundel.winograd.VectorSupport;
import org.roundel.winograd.WeightsPass;
import org.roundel.winograd.Workspace;

/**
 * The three passes of a convolution and the two of a normalisation. A kernel that falls off the
 * compiler's cliff takes ten times as long.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "--add-modules=jdk.incubator.vector",
      "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0"
    })
public class KernelBenchmark {
  /** Channels in and out, height and width, images. */
  @Param({"16x32x64", "64x32x16", "128x16x32", "256x8x32"})
  public String shape = "";

  private Passes passes = new Passes(VectorSupport.lanes(), 4, 1);

  /** Makes the arrays. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x");
    passes =
        new Passes(
            Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  /** Forward. */
  @Benchmark
  public void forward() {
    passes.forward.run(passes.weights, passes.x, passes.y);
  }

  /** The gradient of the input. */
  @Benchmark
  public void inputGradient() {
    passes.back.run(passes.weights, passes.y, passes.x);
  }

  /** The gradient of the weights. */
  @Benchmark
  public void weightsGradient() {
    passes.gradient.run(passes.x, passes.y, passes.weights);
  }

  /** Normalisation and rectifier, forward. */
  @Benchmark
  public void normalize() {
    passes.normalization.measure(passes.x, passes.layer);
    passes.normalization.normalize(passes.x, passes.y);
  }

  /** Normalisation and rectifier, back. */
  @Benchmark
  public void normalizeBack() {
    passes.normalization.backward(passes.x, passes.y, passes.y, passes.layer);
  }

  /** A layer of a net with all that it takes. */
  private static final class Passes {
    private final ImagePass forward;
    private final ImagePass back;
    private final WeightsPass gradient;
    private final Normalization normalization;
    private final Layer layer;
    private final FloatBuffer weights;
    private final FloatBuffer x;
    private final FloatBuffer y;

    Passes(int channels, int size, int batch) {
      Workspace workspace = new Workspace(new Alone());
      Images images = new Images(batch, channels, size, size, VectorSupport.lanes());
      forward = new ImagePass(images, images, Loading.AS_THEY_ARE, false, workspace);
      back = new ImagePass(images, images, Loading.AS_THEY_ARE, true, workspace);
      gradient = new WeightsPass(images, Loading.AS_THEY_ARE, images, workspace);
      normalization = new Normalization(images, true, 1e-5f, workspace);
      workspace.allocate();
      layer = new Layer(normal(channels), normal(channels), normal(channels), normal(channels));
      weights = normal(channels * channels * 9);
      x = normal(batch * channels * size * size);
      y = normal(batch * channels * size * size);
    }

    private static FloatBuffer normal(int size) {
      Random random = new Random(1);
      FloatBuffer numbers =
          ByteBuffer.allocateDirect(size * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int index = 0; index < size; index++) {
        numbers.put(index, (float) random.nextGaussian());
      }
      return numbers;
    }
  }

  private record Layer(FloatBuffer mean, FloatBuffer variance, FloatBuffer scale, FloatBuffer shift)
      implements Normalization.Channels {
    @Override
    public @Nullable FloatBuffer scaleGradient() {
      return null;
    }

    @Override
    public @Nullable FloatBuffer shiftGradient() {
      return null;
    }
  }

  private static final class Alone implements Team {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public void run(int parts, Task task) {
      for (int part = 0; part < parts; part++) {
        task.run(part);
      }
    }
  }
}
