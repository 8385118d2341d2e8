package org.roundel.datasets.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.datasets.TestImages;
import org.roundel.kit.DatasetContract;

class ImageFolderContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new ImageFolderFactory();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("image-size", "24", "resize", "28", "flip", "alternating", "cutout", "8");
  }

  @Override
  protected void prepare(Path directory) throws IOException {
    TestImages.writeFolder(directory);
  }
}
