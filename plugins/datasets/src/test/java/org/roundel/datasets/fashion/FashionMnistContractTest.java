package org.roundel.datasets.fashion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.datasets.Fixtures;
import org.roundel.kit.DatasetContract;

class FashionMnistContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new FashionMnistFactory(Fixtures.TRAIN_SIZE, Fixtures.TEST_SIZE);
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("augment", "true", "flip", "alternating", "cutout", "8");
  }

  @Override
  protected void prepare(Path directory) throws IOException {
    Fixtures.writeFashionMnist(directory, true);
  }
}
