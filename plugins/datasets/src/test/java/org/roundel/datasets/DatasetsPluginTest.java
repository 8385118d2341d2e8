package org.roundel.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.DatasetFactory;

class DatasetsPluginTest {
  @Test
  void isFoundByItsServicesFileAndOffersItsDatasets() {
    List<String> names =
        ServiceLoader.load(RoundelPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .flatMap(plugin -> plugin.datasets().stream())
            .map(DatasetFactory::name)
            .toList();
    assertThat(names)
        .containsExactly(
            "fashion-mnist-mini",
            "fashion-mnist",
            "cifar-10",
            "cifar-100",
            "image-folder",
            "synthetic");
  }
}
