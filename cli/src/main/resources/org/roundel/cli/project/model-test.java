package @PACKAGE@;

import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelFactory;
import org.roundel.kit.ModelContract;

/** Holds the model to the rules that every model keeps. */
class @CLASS@PluginTest extends ModelContract {
  @Override
  protected ModelFactory factory() {
    return new @CLASS@Plugin().models().get(0);
  }

  @Override
  protected InputShape input() {
    return new InputShape(2, 7, 8);
  }
}
