package org.roundel.vgg;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;

/** Offers the VGG-like nets. */
public final class VggPlugin implements RoundelPlugin {
  /** Makes the plugin. */
  public VggPlugin() {}

  @Override
  public List<ModelFactory> models() {
    return List.of(new Vgg9Factory(), new VggBcFactory());
  }
}
