package org.roundel.c;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window.Axis;
import org.roundel.api.net.ZeroPaddedShortcut;

/** Which nets {@code roundel.h} can run. */
final class HoldableNets {
  private HoldableNets() {}

  /**
   * Returns what of a net it cannot, a sentence for each.
   *
   * @param net a folded one
   * @param normalise whether mean and deviation are wanted
   */
  static List<String> problems(ShippedNet net, boolean normalise) {
    List<String> problems = new ArrayList<>();
    List<Operation> operations = net.graph().operations();
    if (normalise && net.scaling() == null) {
      problems.add(
          named(operations.get(0))
              + " reads images whose dataset does not say its mean and deviation; leave out"
              + " normalise=true");
    }
    for (Operation operation : operations) {
      ValueShape input = net.graph().shape(operation.inputs().get(0));
      if (!isKnown(operation)) {
        problems.add(
            named(operation) + " is a " + operation.kind() + ", which this format does not know");
      } else if (operation instanceof Pooling pooling
          && (missesTheImage(pooling.window().rows(), input.height())
              || missesTheImage(pooling.window().columns(), input.width()))) {
        problems.add(named(operation) + " is a pooling with windows of nothing but padding");
      }
      if (!isFinite(net, operation)) {
        problems.add(named(operation) + " has numbers that are infinite or not a number");
      }
    }
    return problems;
  }

  private static String named(Operation operation) {
    return "operation '" + operation.name() + "'";
  }

  private static boolean isKnown(Operation operation) {
    return operation instanceof Convolution
        || operation instanceof Linear
        || operation instanceof ScaleShift
        || operation instanceof Activation
        || operation instanceof Pooling
        || operation instanceof Add
        || operation instanceof ZeroPaddedShortcut;
  }

  private static boolean missesTheImage(Axis axis, int pixels) {
    for (int output = 0; output < axis.outputs(pixels); output++) {
      int seen = 0;
      for (int tap = 0; tap < axis.kernel(); tap++) {
        int pixel = output * axis.stride() + tap * axis.dilation() - axis.before();
        seen += pixel >= 0 && pixel < pixels ? 1 : 0;
      }
      if (seen == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFinite(ShippedNet net, Operation operation) {
    List<ValueShape> inputs = operation.inputs().stream().map(net.graph()::shape).toList();
    for (String name : operation.arrays(inputs).keySet()) {
      NetArray array = net.array(name);
      for (int element = 0; element < array.length(); element++) {
        if (!Float.isFinite(array.value(element))) {
          return false;
        }
      }
    }
    return !(operation instanceof Activation activation) || Float.isFinite(activation.alpha());
  }
}
