package org.roundel.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.roundel.api.inference.Inference;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.natives.ComputeThreads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Races a trained net in Roundel against the same net in ONNX Runtime. */
@Command(
    name = "onnx",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Races nets of ±1 weights against ONNX Runtime on the file that 'roundel export' writes."
            + " Exit code 1 if the sides do not give the same scores.")
final class OnnxDuel implements Callable<Integer> {
  private static final long SEED = 2;

  /** Of the largest score; the sides add up in different orders, layer by layer. */
  private static final double TOLERANCE = 1e-3;

  /** Threads of ONNX Runtime that spin have given up by then. */
  private static final long PAUSE = 20_000_000;

  private static final List<String> SIDES =
      List.of("roundel", "onnxruntime, spinning", "onnxruntime, not spinning");

  @Option(
      names = "--net",
      split = ",",
      description = "as for the race (default: ${DEFAULT-VALUE})",
      defaultValue = "resnet-20,resnet-56,vgg-9,vgg-bc")
  private List<String> nets = List.of();

  @Option(
      names = "--batch",
      split = ",",
      description = "images in a call (default: ${DEFAULT-VALUE})",
      defaultValue = "1,128")
  private List<Integer> batches = List.of();

  @Option(
      names = "--size",
      description = "rows and columns of an image: ${DEFAULT-VALUE}",
      defaultValue = "32")
  private int size;

  @Option(names = "--threads", description = "of each side; all processors if not given")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--rounds", description = "rounds: ${DEFAULT-VALUE}", defaultValue = "15")
  private int rounds;

  @Option(
      names = "--images",
      description = "in a round, in as many calls as that takes (default: ${DEFAULT-VALUE})",
      defaultValue = "16")
  private int images;

  @Option(
      names = "--warm-up",
      description = "seconds before, for every side (default: ${DEFAULT-VALUE})",
      defaultValue = "3")
  private int warmUp;

  private boolean allAgree = true;

  OnnxDuel() {}

  @Override
  public Integer call() {
    // Before ND4J's libraries: behind them ONNX Runtime ends the process.
    String other = OnnxSide.version();
    ComputeThreads.set(threads);
    System.out.printf(
        Locale.ROOT, "against %s; %d threads of a side, %d rounds%n", other, threads, rounds);
    for (String net : nets) {
      for (int batch : batches) {
        Images pixels = new Images(Math.max(batch, 16), size, SEED);
        race(net, SignedNet.make(net, pixels), pixels, batch);
      }
    }
    return allAgree ? 0 : 1;
  }

  private void race(String name, ShippedNet net, Images pixels, int batch) {
    FloatBuffer input = buffer(pixels.pixels().length).put(0, pixels.pixels());
    FloatBuffer scores = buffer(batch * net.graph().classes());
    try (Inference roundel = Plugins.inference("onednn", net);
        Inference spinning = new OnnxSide(net, threads, true);
        Inference resting = new OnnxSide(net, threads, false)) {
      List<Inference> sides = List.of(roundel, spinning, resting);
      compare(name, sides, input, batch, scores);
      int calls = Math.max(1, images / batch);
      double[][] latencies = new double[sides.size()][rounds * calls];
      for (Inference side : sides) {
        long start = System.nanoTime();
        do {
          side.scores(input, batch, scores);
        } while (System.nanoTime() - start < 1_000_000_000L * warmUp);
      }
      int[] done = new int[sides.size()];
      Race race =
          Race.run(
              sides.size(),
              calls * batch,
              rounds,
              0,
              side -> {
                LockSupport.parkNanos(PAUSE);
                sides.get(side).scores(input, batch, scores);
              },
              side -> {
                for (int call = 0; call < calls; call++) {
                  long start = System.nanoTime();
                  sides.get(side).scores(input, batch, scores);
                  latencies[side][done[side]] = (System.nanoTime() - start) / 1e6;
                  done[side]++;
                }
              });
      report(name, batch, race, latencies);
    }
  }

  /** Checks that all sides give the scores of the first. */
  private void compare(
      String name, List<Inference> sides, FloatBuffer input, int batch, FloatBuffer scores) {
    float[] expected = new float[scores.capacity()];
    sides.get(0).scores(input, batch, scores);
    scores.get(0, expected);
    double largest = 0;
    for (float score : expected) {
      largest = Math.max(largest, Math.abs(score));
    }
    double most = 0;
    for (Inference side : sides.subList(1, sides.size())) {
      side.scores(input, batch, scores);
      for (int index = 0; index < expected.length; index++) {
        double difference = Math.abs((double) expected[index] - scores.get(index));
        // NaN must not pass.
        most = difference <= most ? most : difference;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s, batch %d: scores differ by %.1e of the largest%n",
        name,
        batch,
        most / largest);
    if (!(most <= TOLERANCE * largest)) {
      allAgree = false;
      System.out.println("  FAILED: the sides do not compute the same");
    }
  }

  private void report(String name, int batch, Race race, double[][] latencies) {
    System.out.printf(
        Locale.ROOT,
        "  %-28s %10s %10s %12s %12s%n",
        "",
        "images/s",
        "best",
        "ms, median",
        "ms, 99 %");
    for (int side = 0; side < SIDES.size(); side++) {
      double[] sorted = latencies[side].clone();
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "  %-28s %10.1f %10.1f %12.3f %12.3f%n",
          SIDES.get(side),
          race.medianPerSecond(side),
          race.bestPerSecond(side),
          Race.median(sorted),
          sorted[(int) (0.99 * (sorted.length - 1))]);
    }
    int better = race.fastestFrom(1);
    System.out.printf(
        Locale.ROOT,
        "  %s, batch %d: ratio %.3f to %s; by rounds %.3f, at worst %.3f%n",
        name,
        batch,
        race.ratio(0, better),
        SIDES.get(better),
        race.medianRatio(0, better),
        race.worstRatio(0, better));
  }

  private static FloatBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
