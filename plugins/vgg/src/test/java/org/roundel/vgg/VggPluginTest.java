package org.roundel.vgg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;

class VggPluginTest {
  @Test
  void theServicesFileNamesThePlugin() {
    assertThat(ServiceLoader.load(RoundelPlugin.class))
        .flatExtracting(RoundelPlugin::models)
        .extracting(ModelFactory::name)
        .containsExactly("vgg-9", "vgg-bc");
  }
}
