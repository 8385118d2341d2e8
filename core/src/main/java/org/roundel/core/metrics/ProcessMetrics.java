package org.roundel.core.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import org.bytedeco.javacpp.Pointer;

/** Memory of the process, and the JVM's own meters. */
final class ProcessMetrics implements AutoCloseable {
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  ProcessMetrics(MeterRegistry registry) {
    Gauge.builder("roundel.memory.offheap", ProcessMetrics::offHeapBytes)
        .description(
            "Physical memory of the process beyond the Java heap: ND4J's arrays and native code")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("roundel.memory.process", Pointer::physicalBytes)
        .description("Physical memory of the whole process")
        .baseUnit("bytes")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  /**
   * ND4J counts no allocations of its own that could be asked for, so this is a difference. Of the
   * heap's address space only what was ever used has physical memory: each pool's peak.
   */
  private static double offHeapBytes() {
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += Math.min(pool.getPeakUsage().getUsed(), pool.getUsage().getCommitted());
      }
    }
    return Math.max(0, Pointer.physicalBytes() - heap);
  }

  @Override
  public void close() {
    garbageCollection.close();
  }
}
