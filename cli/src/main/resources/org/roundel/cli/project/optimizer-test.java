package @PACKAGE@;

import java.util.List;
import java.util.Map;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.OptimizerContract;

/** Holds the optimizer to the rules that every optimizer keeps. */
class @CLASS@PluginTest extends OptimizerContract {
  @Override
  protected OptimizerFactory factory() {
    return new @CLASS@Plugin().optimizers().get(0);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("momentum", "0"));
  }
}
