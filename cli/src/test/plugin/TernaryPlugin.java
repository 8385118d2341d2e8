package example;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** A method that no build of Roundel knows: latent weights, and a net with weights -s, 0 and +s. */
public final class TernaryPlugin implements RoundelPlugin {
  private static final Option<Double> SCALE = Option.positive("scale", 1, 1000, "the scale s");

  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(new Factory());
  }

  private static final class Factory implements QuantizerFactory {
    @Override
    public String name() {
      return "fixed-ternary";
    }

    @Override
    public String description() {
      return "weights -s, 0 and +s from latent weights";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(SCALE);
    }

    @Override
    public Quantizer create(Options options) {
      return new Ternary(options.get(SCALE).floatValue());
    }
  }

  private record Ternary(float scale) implements Quantizer {
    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      FloatBuffer from = Tensors.floats(latent);
      FloatBuffer to = Tensors.floats(weights);
      for (int index = 0; index < from.remaining(); index++) {
        float sign = Math.signum(from.get(index));
        to.put(index, Math.abs(from.get(index)) < scale / 2 ? 0 : sign * scale);
      }
    }

    @Override
    public float[] levels() {
      return new float[] {-scale, 0, scale};
    }
  }
}
