package @PACKAGE@;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.StateArray;

/**
 * Sign descent with momentum: m ← βm + (1 − β)g, w ← w − η·sign(m). Every weight moves by the
 * learning rate η, however large its gradient g is.
 *
 * <p>Source: Bernstein, Wang, Azizzadenesheli, Anandkumar, "signSGD" (2018), there Signum. It wants
 * a small learning rate, and one that falls: a weight never comes nearer to its goal than η.
 */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final String AVERAGE = "average-gradient";

  private static final Option<Double> MOMENTUM =
      Option.real("momentum", 0.9, 0, 0.9999, "the share of the average gradient that is kept");

  @Override
  public List<OptimizerFactory> optimizers() {
    return List.of(new Factory());
  }

  private static final class Factory implements OptimizerFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "sign descent with momentum: every weight moves by the learning rate";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(MOMENTUM);
    }

    @Override
    public Optimizer create(Options options) {
      return new SignDescent(options.get(MOMENTUM));
    }
  }

  private record SignDescent(double momentum) implements Optimizer {
    @Override
    public List<StateArray> stateArrays() {
      return List.of(StateArray.kept(AVERAGE, StateArray.Extent.WEIGHTS));
    }

    @Override
    public void update(INDArray weights, INDArray gradient, UpdateContext context) {
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer gradients = Tensors.floats(gradient);
      FloatBuffer averages = Tensors.floats(context.state().values(AVERAGE));
      double learningRate = context.moment().learningRate();
      Chunks.run(
          values.capacity(),
          chunk -> {
            for (int index = chunk.start(); index < chunk.start() + chunk.length(); index++) {
              double average =
                  momentum * averages.get(index) + (1 - momentum) * gradients.get(index);
              averages.put(index, (float) average);
              values.put(
                  index, (float) (values.get(index) - learningRate * Math.signum(average)));
            }
          });
    }
  }
}
