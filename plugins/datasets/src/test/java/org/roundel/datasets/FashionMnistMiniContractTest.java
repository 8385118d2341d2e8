package org.roundel.datasets;

import org.roundel.api.dataset.DatasetContract;
import org.roundel.api.dataset.DatasetFactory;

class FashionMnistMiniContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new FashionMnistMiniFactory();
  }
}
