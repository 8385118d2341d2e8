package @PACKAGE@;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/**
 * Weights that are 0 or a power of two, so that a multiplication is a shift: each is the nearest of
 * 0, ±1, ±1/2, ±1/4, ….
 *
 * <p>Latent weights in [-1, 1] are kept, and the gradient passes straight through to them. Such
 * weights are those of Zhou, Yao, Guo, Xu, Chen, "Incremental Network Quantization" (2017).
 */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final Option<Integer> POWERS =
      Option.integer("powers", 4, 1, 16, "how many powers of two there are: 1, 1/2, 1/4, ...");

  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new Factory());
  }

  private static final class Factory implements QuantizerFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "weights that are 0 or a power of two, from latent weights";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(POWERS);
    }

    @Override
    public Quantizer create(Options options) {
      return new PowersOfTwo(options.get(POWERS));
    }
  }

  private record PowersOfTwo(int powers) implements Quantizer {
    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      FloatBuffer from = Tensors.floats(latent);
      FloatBuffer to = Tensors.floats(weights);
      Chunks.run(
          from.capacity(),
          chunk -> {
            for (int index = chunk.start(); index < chunk.start() + chunk.length(); index++) {
              to.put(index, round(from.get(index)));
            }
          });
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      Chunks.run(
          values.capacity(),
          chunk -> {
            for (int index = chunk.start(); index < chunk.start() + chunk.length(); index++) {
              values.put(index, Math.max(-1, Math.min(values.get(index), 1)));
            }
          });
    }

    @Override
    public float[] levels() {
      float[] levels = new float[2 * powers + 1];
      for (int power = 0; power < powers; power++) {
        levels[power] = -Math.scalb(1f, -power);
        levels[2 * powers - power] = Math.scalb(1f, -power);
      }
      return levels;
    }

    private float round(float weight) {
      float magnitude = Math.min(Math.abs(weight), 1);
      float least = Math.scalb(1f, 1 - powers);
      if (Float.isNaN(weight)) {
        // Stays, so that the training loop sees it.
        return weight;
      }
      if (magnitude < least / 2) {
        return 0;
      }
      float below = Math.max(Math.scalb(1f, Math.getExponent(magnitude)), least);
      float nearest = magnitude < 1.5f * below ? below : 2 * below;
      return Math.copySign(nearest, weight);
    }
  }
}
