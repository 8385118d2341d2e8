package org.roundel.api.dataset;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.Options;
import org.roundel.api.model.InputShape;
import org.roundel.api.random.RandomSource;

/** Shows that a dataset of a few lines passes the contract. */
class DatasetContractTest extends DatasetContract {
  @Override
  protected DatasetFactory factory() {
    return new StripesFactory();
  }

  private static final class StripesFactory implements DatasetFactory {
    @Override
    public String name() {
      return "stripes";
    }

    @Override
    public String description() {
      return "Images of one value with random brightness";
    }

    @Override
    public boolean needsDirectory() {
      return false;
    }

    @Override
    public Dataset create(Options options, Path directory) {
      return new Stripes();
    }
  }

  private static final class Stripes implements Dataset {
    @Override
    public InputShape inputShape() {
      return new InputShape(1, 2, 3);
    }

    @Override
    public List<String> classNames() {
      return List.of("dark", "bright");
    }

    @Override
    public int size(Split split) {
      return split == Split.TRAIN ? 100 : 1;
    }

    @Override
    public int read(Split split, int index, RandomSource augmentation, FloatBuffer image) {
      double brightness = split == Split.TRAIN ? augmentation.uniform(0) : 0;
      for (int position = 0; position < inputShape().length(); position++) {
        image.put(position, (float) (index % 2 + brightness));
      }
      return index % 2;
    }

    @Override
    public String fingerprint() {
      return "0".repeat(64);
    }

    @Override
    public void close() {}
  }
}
