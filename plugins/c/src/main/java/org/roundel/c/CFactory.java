package org.roundel.c;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;

/** Makes {@link CExporter}. */
final class CFactory implements ExporterFactory {
  private static final Option<Boolean> NORMALISE =
      Option.flag(
          "normalise",
          false,
          "the net takes pixels from 0 to 255, a byte each, and applies mean and deviation itself");

  @Override
  public String name() {
    return "c";
  }

  @Override
  public String description() {
    return "a C99 header of packed weights, and another that runs it, for microcontrollers";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(NORMALISE);
  }

  @Override
  public Exporter create(Options options) {
    return new CExporter(options.get(NORMALISE));
  }
}
