package org.roundel.onnx;

import java.util.List;
import java.util.Map;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.ExporterContract;

class OnnxContractTest extends ExporterContract {
  @Override
  protected ExporterFactory factory() {
    return new OnnxFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of(), Map.of("plain", "true"), Map.of("normalise", "true"), Map.of("fold", "true"));
  }
}
