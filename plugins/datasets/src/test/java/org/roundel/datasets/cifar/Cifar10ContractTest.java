package org.roundel.datasets.cifar;

import java.io.IOException;
import java.nio.file.Path;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.datasets.Fixtures;
import org.roundel.kit.DatasetContract;

class Cifar10ContractTest extends DatasetContract {
  private static final CifarFormat FORMAT = Fixtures.small(CifarFormat.CIFAR_10);

  @Override
  protected DatasetFactory factory() {
    return new CifarFactory(FORMAT);
  }

  @Override
  protected void prepare(Path directory) throws IOException {
    Fixtures.writeCifar(FORMAT, directory);
  }
}
