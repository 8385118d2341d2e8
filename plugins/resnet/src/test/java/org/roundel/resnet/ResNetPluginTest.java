package org.roundel.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;

class ResNetPluginTest {
  @Test
  void theServicesFileNamesThePlugin() {
    assertThat(ServiceLoader.load(RoundelPlugin.class))
        .flatExtracting(RoundelPlugin::models)
        .extracting(ModelFactory::name)
        .containsExactly("resnet", "wrn", "resnet-18");
  }
}
