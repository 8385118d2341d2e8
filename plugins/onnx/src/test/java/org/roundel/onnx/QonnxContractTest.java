package org.roundel.onnx;

import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.ExporterContract;

class QonnxContractTest extends ExporterContract {
  @Override
  protected ExporterFactory factory() {
    return new QonnxFactory();
  }
}
