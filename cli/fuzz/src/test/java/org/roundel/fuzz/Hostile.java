package org.roundel.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets a reader read bytes that an enemy has chosen, and holds it to the promise: it ends, within a
 * second of processor time for each megabyte; it takes no more memory than a multiple of the input;
 * and what comes out of it is a result or one of the exceptions that it documents, with a message.
 *
 * <p>Both amounts are the reading thread's own, so that neither another process nor another thread
 * can spoil them. What is over a limit is read again before it counts: the first time, classes are
 * loaded.
 */
public final class Hostile {
  /**
   * Ten times the promise, which is measured on a fast processor: a test must hold on a slow one
   * that is busy, too, and what takes the square of the length takes far longer.
   */
  private static final double NANOS_PER_BYTE = 10e9 / (1 << 20);

  /** What small inputs have, too. */
  private static final long LEAST_NANOS = 10_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** How often each reader has read; a fuzzer makes a test anew for each kept input. */
  private static final Map<String, LongAdder> EXECUTIONS = new ConcurrentHashMap<>();

  static {
    String report = System.getProperty("fuzz.report");
    if (report != null) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> report(Path.of(report))));
    }
  }

  private final String reader;
  private final LongAdder executions;
  private final long fixedBytes;
  private final int multiple;
  private final List<Class<?>> documented;

  /** Something that reads. */
  @FunctionalInterface
  public interface Reading {
    void read() throws Exception;
  }

  private Hostile(String reader, long fixedBytes, int multiple, List<Class<?>> documented) {
    this.reader = reader;
    this.fixedBytes = fixedBytes;
    this.multiple = multiple;
    this.documented = documented;
    this.executions = EXECUTIONS.computeIfAbsent(reader, name -> new LongAdder());
  }

  /**
   * Describes a reader.
   *
   * @param reader its name in the report
   * @param fixedBytes what it may take whatever the input: buffers, tables
   * @param multiple how many bytes it may take for each byte of the input
   * @param documented what it may throw
   */
  @SafeVarargs
  public static Hostile reader(
      String reader, long fixedBytes, int multiple, Class<? extends Exception>... documented) {
    List<Class<?>> allowed = new ArrayList<>();
    for (Class<?> type : documented) {
      allowed.add(type);
    }
    return new Hostile(reader, fixedBytes, multiple, allowed);
  }

  /**
   * Reads.
   *
   * @param length how many bytes the input has
   * @throws AssertionError if the promise is not kept
   */
  public void read(int length, Reading reading) {
    executions.increment();
    if (!isWithinLimits(length, measure(reading))) {
      Cost again = measure(reading);
      if (!isWithinLimits(length, again)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s took %d ms of processor time and %d bytes of memory for %d bytes; allowed:"
                    + " ten seconds per megabyte, and %d bytes and %d per byte",
                reader,
                again.nanos / 1_000_000,
                again.bytes,
                length,
                fixedBytes,
                multiple));
      }
    }
  }

  private record Cost(long nanos, long bytes) {}

  private boolean isWithinLimits(int length, Cost cost) {
    return cost.nanos <= Math.max(LEAST_NANOS, (long) (NANOS_PER_BYTE * length))
        && cost.bytes <= fixedBytes + (long) multiple * length;
  }

  private Cost measure(Reading reading) {
    long nanos = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.read();
    } catch (Exception refused) {
      requireDocumented(refused);
    }
    return new Cost(
        THREADS.getCurrentThreadCpuTime() - nanos,
        THREADS.getCurrentThreadAllocatedBytes() - bytes);
  }

  private void requireDocumented(Exception refused) {
    if (documented.stream().noneMatch(allowed -> allowed.isInstance(refused))) {
      throw new AssertionError(reader + " let out " + refused, refused);
    }
    String message = refused.getMessage();
    if (message == null || message.isBlank() || message.endsWith(": null")) {
      throw new AssertionError(reader + " refused without a reason: " + message, refused);
    }
  }

  private static void report(Path directory) {
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, LongAdder> entry : EXECUTIONS.entrySet()) {
        Files.writeString(
            directory.resolve(entry.getKey().replaceAll("\\W+", "-") + ".tsv"),
            String.format(Locale.ROOT, "%,14d  %s%n", entry.getValue().sum(), entry.getKey()));
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
