package org.roundel.datasets;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.datasets.cifar.CifarFactory;
import org.roundel.datasets.cifar.CifarFormat;
import org.roundel.datasets.fashion.FashionMnist;
import org.roundel.datasets.fashion.FashionMnistFactory;
import org.roundel.datasets.fashion.FashionMnistMiniFactory;
import org.roundel.datasets.folder.ImageFolderFactory;
import org.roundel.datasets.synthetic.SyntheticFactory;

/** Offers the datasets that come with Roundel. */
public final class DatasetsPlugin implements RoundelPlugin {
  /** Made by the plugin loader. */
  public DatasetsPlugin() {}

  @Override
  public List<DatasetFactory> datasets() {
    return List.of(
        new FashionMnistMiniFactory(),
        new FashionMnistFactory(FashionMnist.TRAIN_SIZE, FashionMnist.TEST_SIZE),
        new CifarFactory(CifarFormat.CIFAR_10),
        new CifarFactory(CifarFormat.CIFAR_100),
        new ImageFolderFactory(),
        new SyntheticFactory());
  }
}
