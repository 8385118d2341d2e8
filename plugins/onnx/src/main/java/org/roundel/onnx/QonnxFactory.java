package org.roundel.onnx;

import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;

/** Makes {@link QonnxExporter}. */
final class QonnxFactory implements ExporterFactory {
  @Override
  public String name() {
    return "qonnx";
  }

  @Override
  public String description() {
    return "QONNX, whose weights go through quantizers, for FPGA tool chains: FINN, hls4ml";
  }

  @Override
  public Exporter create(Options options) {
    return new QonnxExporter();
  }
}
