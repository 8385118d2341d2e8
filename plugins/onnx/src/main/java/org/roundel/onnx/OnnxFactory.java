package org.roundel.onnx;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;

/** Makes {@link OnnxExporter}. */
final class OnnxFactory implements ExporterFactory {
  private static final Option<Boolean> PLAIN =
      Option.flag("plain", false, "every weight as a 32-bit float instead of packed bits");
  private static final Option<Boolean> NORMALISE =
      Option.flag(
          "normalise",
          false,
          "the graph takes pixels from 0 to 255 and applies mean and deviation itself");

  private static final Option<Boolean> FOLD =
      Option.flag(
          "fold",
          false,
          "batch normalisation as a scale and a shift of each channel, two vectors instead of four;"
              + " weights stay as they are");

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String description() {
    return "ONNX of opset 15 with packed quantized weights, for ONNX Runtime and others";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(PLAIN, NORMALISE, FOLD);
  }

  @Override
  public Exporter create(Options options) {
    return new OnnxExporter(options.get(PLAIN), options.get(NORMALISE), options.get(FOLD));
  }
}
