package org.roundel.safetensors;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.ExporterFactory;

/** Offers the exporter {@code safetensors}. */
public final class SafetensorsPlugin implements RoundelPlugin {
  @Override
  public List<ExporterFactory> exporters() {
    return List.of(new SafetensorsFactory());
  }
}
