package org.roundel.safetensors;

import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.ExporterContract;

/** Holds the exporter to the rules that every exporter keeps. */
class SafetensorsContractTest extends ExporterContract {
  @Override
  protected ExporterFactory factory() {
    return new SafetensorsPlugin().exporters().get(0);
  }
}
