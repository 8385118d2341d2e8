package org.roundel.datasets.fashion;

import org.roundel.api.dataset.DatasetFactory;
import org.roundel.kit.DatasetContract;

class FashionMnistMiniContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new FashionMnistMiniFactory();
  }
}
