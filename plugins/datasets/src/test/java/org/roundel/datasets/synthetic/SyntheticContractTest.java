package org.roundel.datasets.synthetic;

import java.util.Map;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.kit.DatasetContract;

class SyntheticContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new SyntheticFactory();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("classes", "7", "channels", "2", "height", "5", "width", "9");
  }
}
