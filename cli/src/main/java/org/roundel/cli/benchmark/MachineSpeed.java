package org.roundel.cli.benchmark;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;

/**
 * What this machine can do at best, measured: how fast it multiplies matrices and how fast it
 * copies memory. A net's speed is told as a share of these.
 *
 * @param gemmFlops floating-point operations a second, two for each multiply-add, of ND4J's float32
 *     product of two square matrices of {@value #MATRIX_SIZE} rows, with the threads that ND4J uses
 * @param copyBytes bytes a second, read and written ones together, of copying {@value
 *     #COPY_MEBIBYTES} MiB
 * @param copyThreads how many threads copied, each its own part: as many as there are processors
 */
public record MachineSpeed(double gemmFlops, double copyBytes, int copyThreads) {
  /** Rows and columns of the matrices that are multiplied: 12 MiB for all three. */
  public static final int MATRIX_SIZE = 1024;

  /** How much is copied; more than caches hold. */
  public static final int COPY_MEBIBYTES = 128;

  private static final int WARM_UP = 3;

  /** How often each is done; the best counts. */
  public static final int ROUNDS = 20;

  private static final double NANOS = 1e9;

  /**
   * Measures both, in about a second. What it needs of memory, {@value #COPY_MEBIBYTES} MiB twice,
   * is given back.
   *
   * @param nanoTime a clock in nanoseconds
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public static MachineSpeed measure(LongSupplier nanoTime) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    return new MachineSpeed(gemmFlops(nanoTime), copyBytes(nanoTime, threads), threads);
  }

  private static double gemmFlops(LongSupplier nanoTime) {
    try (INDArray left = Nd4j.ones(DataType.FLOAT, MATRIX_SIZE, MATRIX_SIZE);
        INDArray right = Nd4j.ones(DataType.FLOAT, MATRIX_SIZE, MATRIX_SIZE);
        INDArray product =
            Nd4j.createUninitialized(DataType.FLOAT, new long[] {MATRIX_SIZE, MATRIX_SIZE}, 'f')) {
      long best = Long.MAX_VALUE;
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        long start = nanoTime.getAsLong();
        Nd4j.gemm(left, right, product, false, false, 1, 0);
        long took = nanoTime.getAsLong() - start;
        if (round >= 0) {
          best = Math.min(best, took);
        }
      }
      return 2.0 * MATRIX_SIZE * MATRIX_SIZE * MATRIX_SIZE / best * NANOS;
    }
  }

  private static double copyBytes(LongSupplier nanoTime, int threads) throws InterruptedException {
    long length = COPY_MEBIBYTES * (1L << 20) / Float.BYTES;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (INDArray from = Nd4j.ones(DataType.FLOAT, length);
        INDArray to = Nd4j.ones(DataType.FLOAT, length)) {
      List<Callable<FloatBuffer>> parts = parts(from, to, threads);
      long best = Long.MAX_VALUE;
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        long start = nanoTime.getAsLong();
        for (Future<FloatBuffer> part : executor.invokeAll(parts)) {
          part.get();
        }
        long took = nanoTime.getAsLong() - start;
        if (round >= 0) {
          best = Math.min(best, took);
        }
      }
      return 2.0 * length * Float.BYTES / best * NANOS;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("copying memory failed", impossible);
    } finally {
      executor.shutdown();
    }
  }

  private static List<Callable<FloatBuffer>> parts(INDArray from, INDArray to, int threads) {
    FloatBuffer source = Tensors.floats(from);
    FloatBuffer target = Tensors.floats(to);
    List<Callable<FloatBuffer>> parts = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = (int) ((long) source.capacity() * thread / threads);
      int end = (int) ((long) source.capacity() * (thread + 1) / threads);
      parts.add(() -> target.put(first, source, first, end - first));
    }
    return parts;
  }
}
