package org.roundel.c;

import java.util.List;
import java.util.Map;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.ExporterContract;

class CContractTest extends ExporterContract {
  @Override
  protected ExporterFactory factory() {
    return new CFactory();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("normalise", "true"));
  }
}
