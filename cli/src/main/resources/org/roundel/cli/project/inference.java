package @PACKAGE@;

import java.nio.FloatBuffer;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.Linear;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ShippedNet;

/** Runs nets of linear layers in plain Java. */
public final class @CLASS@Plugin implements RoundelPlugin {
  @Override
  public List<InferenceFactory> inferences() {
    return List.of(new Factory());
  }

  private static final class Factory implements InferenceFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "plain Java, for nets of linear layers";
    }

    @Override
    public Inference create(ShippedNet net, Options options) {
      for (Operation operation : net.graph().operations()) {
        if (!(operation instanceof Linear)) {
          throw new InvalidInputException(
              "@NAME@ cannot run the net: operation '" + operation.name() + "' is a "
                  + operation.kind());
        }
      }
      return new Loops(net);
    }
  }

  private record Loops(ShippedNet net) implements Inference {
    @Override
    public void scores(FloatBuffer images, int count, FloatBuffer scores) {
      int size = net.graph().shape(0).size();
      for (int image = 0; image < count; image++) {
        float[][] values = new float[net.graph().output() + 1][];
        values[0] = new float[size];
        images.get(image * size, values[0]);
        for (int value = 1; value < values.length; value++) {
          Linear linear = (Linear) net.graph().operations().get(value - 1);
          values[value] = product(linear, values[linear.input()]);
        }
        float[] last = values[values.length - 1];
        scores.put(image * last.length, last);
      }
    }

    private float[] product(Linear linear, float[] row) {
      float[] weights = net.array(linear.weights()).values();
      float[] sums = new float[linear.outputs()];
      for (int output = 0; output < sums.length; output++) {
        double sum = linear.bias() == null ? 0 : net.array(linear.bias()).value(output);
        for (int element = 0; element < row.length; element++) {
          sum += weights[output * row.length + element] * row[element];
        }
        sums[output] = (float) sum;
      }
      return sums;
    }

    @Override
    public String engine() {
      return "loops in Java";
    }

    @Override
    public void close() {}
  }
}
