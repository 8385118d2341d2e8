package org.roundel.onnx;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ZeroPaddedShortcut;

/** Which nets ONNX of opset 15 can hold. */
final class HoldableNets {
  private HoldableNets() {}

  /** Returns what of a net it cannot, a sentence for each operation. */
  static List<String> problems(ShippedNet net) {
    List<String> problems = new ArrayList<>();
    for (Operation operation : net.graph().operations()) {
      String begin = "operation '" + operation.name() + "' is ";
      if (operation instanceof Pooling pooling) {
        OnnxWindow window = OnnxWindow.of(pooling.window(), net.graph().shape(pooling.input()));
        if (window.isDilated() && pooling.method() != Pooling.Method.MAXIMUM) {
          problems.add(begin + "an average pooling with dilation, which ONNX 1.10 does not have");
        }
        if (window.mayMissTheImage()) {
          problems.add(begin + "a pooling whose padding is as wide as its window");
        }
      } else if (!(operation instanceof Convolution
          || operation instanceof Linear
          || operation instanceof BatchNormalization
          || operation instanceof ScaleShift
          || operation instanceof Activation
          || operation instanceof Add
          || operation instanceof ZeroPaddedShortcut)) {
        problems.add(begin + "a " + operation.kind() + ", which this format does not know");
      }
    }
    return problems;
  }
}
