package @PACKAGE@;

import java.util.Map;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.kit.DatasetContract;

/** Holds the dataset to the rules that every dataset keeps. */
class @CLASS@PluginTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new @CLASS@Plugin().datasets().get(0);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("noise", "1");
  }
}
