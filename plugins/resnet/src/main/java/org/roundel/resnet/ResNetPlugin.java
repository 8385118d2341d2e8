package org.roundel.resnet;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;

/** Offers the residual nets. */
public final class ResNetPlugin implements RoundelPlugin {
  /** Makes the plugin. */
  public ResNetPlugin() {}

  @Override
  public List<ModelFactory> models() {
    return List.of(new ResNetFactory(), new WideResNetFactory(), new ResNet18Factory());
  }
}
