package @PACKAGE@;

import java.util.List;
import java.util.Map;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.ExporterContract;

/** Holds the exporter to the rules that every exporter keeps. */
class @CLASS@PluginTest extends ExporterContract {
  @Override
  protected ExporterFactory factory() {
    return new @CLASS@Plugin().exporters().get(0);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("digits", "3"));
  }
}
