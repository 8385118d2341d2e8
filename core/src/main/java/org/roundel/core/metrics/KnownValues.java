package org.roundel.core.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Meters that show the last known value. One that is not known yet, or is not finite, has no meter.
 * Their values live as long as this object, so no gauge turns NaN because its value was collected.
 */
final class KnownValues {
  private final MeterRegistry registry;
  // Strong references: the registry holds gauges' objects weakly.
  private final Map<String, Known> values = new TreeMap<>();

  private record Known(Meter meter, AtomicReference<Double> value) {}

  /**
   * What a meter shows.
   *
   * @param name with dots, as Micrometer has it
   * @param unit seconds, bytes, or null for none
   */
  record Description(String name, String text, @Nullable String unit) {
    static Description of(String name, String text) {
      return new Description(name, text, null);
    }
  }

  KnownValues(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Sets the value of a gauge. */
  void set(Description what, double value, String... tags) {
    put(
        what,
        value,
        tags,
        holder ->
            Gauge.builder(what.name(), holder, AtomicReference::get)
                .description(what.text())
                .baseUnit(what.unit())
                .tags(tags)
                .register(registry));
  }

  /** Sets the value of a counter, which only grows. */
  void count(Description what, double value, String... tags) {
    put(
        what,
        value,
        tags,
        holder ->
            FunctionCounter.builder(what.name(), holder, AtomicReference::get)
                .description(what.text())
                .baseUnit(what.unit())
                .tags(tags)
                .register(registry));
  }

  private interface Registration {
    Meter register(AtomicReference<Double> holder);
  }

  private void put(Description what, double value, String[] tags, Registration registration) {
    String key = what.name() + " " + String.join(" ", tags);
    if (!Double.isFinite(value)) {
      Known known = values.remove(key);
      if (known != null) {
        registry.remove(known.meter());
      }
      return;
    }
    Known known = values.get(key);
    if (known == null) {
      AtomicReference<Double> holder = new AtomicReference<>(value);
      values.put(key, new Known(registration.register(holder), holder));
    } else {
      known.value().set(value);
    }
  }
}
