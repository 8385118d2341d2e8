package org.roundel.c;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.ExporterFactory;

/** Offers the exporter {@code c}. */
public final class CPlugin implements RoundelPlugin {
  @Override
  public List<ExporterFactory> exporters() {
    return List.of(new CFactory());
  }
}
