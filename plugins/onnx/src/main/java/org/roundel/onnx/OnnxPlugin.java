package org.roundel.onnx;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.ExporterFactory;

/** Offers the exporters {@code onnx} and {@code qonnx}. */
public final class OnnxPlugin implements RoundelPlugin {
  @Override
  public List<ExporterFactory> exporters() {
    return List.of(new OnnxFactory(), new QonnxFactory());
  }
}
