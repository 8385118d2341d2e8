package org.roundel.cli.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.roundel.core.batch.BatchReader;

/**
 * How fast batches of training images are read by themselves, while nothing else is done.
 *
 * @param batches how many were read by each number of threads
 * @param byThreads the speed, by a growing number of threads
 */
public record ReadingSpeed(int batches, List<OnThreads> byThreads) {
  /** Who waits for a disk needs no processor, so more threads than processors may help. */
  private static final int THREADS_PER_PROCESSOR = 2;

  /** Copies the list. */
  public ReadingSpeed {
    byThreads = List.copyOf(byThreads);
  }

  /**
   * How fast a number of threads reads.
   *
   * @param imagesPerSecond by a clock
   * @param processorSeconds of the whole process, for each image
   */
  public record OnThreads(int threads, double imagesPerSecond, double processorSeconds) {}

  /**
   * Reads batches of the full size by 1, 2, 4 and so on threads.
   *
   * @param reader used by nobody else
   * @param batches how many to measure for each number of threads, at least 1
   * @param processors how many this process may use
   */
  static ReadingSpeed measure(BatchReader reader, int batches, int processors, Clock clock)
      throws IOException {
    List<OnThreads> measured = new ArrayList<>();
    for (int threads = 1; threads <= THREADS_PER_PROCESSOR * processors; threads *= 2) {
      reader.setThreads(threads);
      FullBatches images = new FullBatches(reader);
      // Threads start and arrays are filled for the first time before the clock does.
      images.prepare();
      images.next();
      long processor = processorNanos();
      long start = clock.monotonicTime();
      for (int batch = 0; batch < batches; batch++) {
        images.prepare();
        images.next();
      }
      double count = (double) batches * reader.batchSize();
      measured.add(
          new OnThreads(
              threads,
              count * 1e9 / (clock.monotonicTime() - start),
              (processorNanos() - processor) / 1e9 / count));
    }
    return new ReadingSpeed(batches, measured);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
