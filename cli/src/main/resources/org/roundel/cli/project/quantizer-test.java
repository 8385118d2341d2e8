package @PACKAGE@;

import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.QuantizerContract;

/** Holds the quantizer to the rules that every quantizer keeps. */
class @CLASS@PluginTest extends QuantizerContract {
  @Override
  protected QuantizerFactory factory() {
    return new @CLASS@Plugin().quantizers().get(0);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("powers", "1"), Map.of("powers", "8"));
  }
}
