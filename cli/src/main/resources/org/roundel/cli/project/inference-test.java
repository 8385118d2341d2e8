package @PACKAGE@;

import org.roundel.api.inference.InferenceFactory;
import org.roundel.kit.InferenceContract;

/** Holds the inference to the rules that every inference keeps. */
class @CLASS@PluginTest extends InferenceContract {
  @Override
  protected InferenceFactory factory() {
    return new @CLASS@Plugin().inferences().get(0);
  }
}
