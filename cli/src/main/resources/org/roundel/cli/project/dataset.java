package @PACKAGE@;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * Made-up grey images of stripes in four directions, which are the classes, with normal noise over
 * them. An image is a function of its index, so there is no file to read.
 */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final Option<Double> NOISE =
      Option.real("noise", 0.5, 0, 100, "standard deviation of the noise; the stripes' is 0.7");

  @Override
  public List<DatasetFactory> datasets() {
    return List.of(new Factory());
  }

  private static final class Factory implements DatasetFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "made-up grey images of stripes in four directions, with noise";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(NOISE);
    }

    @Override
    public boolean needsDirectory() {
      return false;
    }

    @Override
    public Dataset create(Options options, Path directory) {
      return new Stripes(options.get(NOISE));
    }
  }

  private record Stripes(double noise) implements Dataset {
    private static final int SIDE = 16;
    private static final int PERIOD = 4;
    private static final long SEED = 1;

    @Override
    public InputShape inputShape() {
      return new InputShape(1, SIDE, SIDE);
    }

    @Override
    public List<String> classNames() {
      return List.of("horizontal", "vertical", "falling", "rising");
    }

    @Override
    public int size(Split split) {
      return split == Split.TRAIN ? 800 : 200;
    }

    @Override
    public int read(Split split, int index, Augmentation augmentation, FloatBuffer image) {
      Objects.checkIndex(index, size(split));
      // Not from "augmentation": that changes from epoch to epoch, and here nothing does.
      RandomSource random =
          RandomSource.of(SEED, RandomPurpose.AUGMENT, split.ordinal()).forTensor(index);
      int label = index % 4;
      double phase = random.uniform(0);
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          int position = row * SIDE + column;
          double place = phase + (double) across(label, row, column) / PERIOD;
          // StrictMath: the same bytes on every machine.
          double stripe = StrictMath.cos(2 * Math.PI * place);
          image.put(position, (float) (stripe + noise * random.normal(position)));
        }
      }
      return label;
    }

    private static int across(int label, int row, int column) {
      return switch (label) {
        case 0 -> row;
        case 1 -> column;
        case 2 -> row - column;
        default -> row + column;
      };
    }

    @Override
    public String fingerprint() {
      // All that the images depend on; change the number when read() changes.
      String content = "@NAME@ 1 " + noise;
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] hash = digest.digest(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java has SHA-256", impossible);
      }
    }

    @Override
    public void close() {}
  }
}
