package org.roundel.c;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;
import org.roundel.api.net.ZeroPaddedShortcut;

/** The operations of a net as elements of {@code roundel_step}, and the shapes of their values. */
final class StepTable {
  private final ShippedNet net;
  private final Declarations declarations;
  private final WeightConstants weights;
  private final WorkspacePlan plan;

  /** Elements of {@code roundel_value}, with their positions behind image and scores. */
  private final Map<String, Integer> shared = new LinkedHashMap<>();

  private final StringBuilder steps = new StringBuilder();

  /** Makes the table of a net whose batch normalisations are folded. */
  StepTable(ShippedNet net, Declarations declarations, WorkspacePlan plan) {
    this.net = net;
    this.declarations = declarations;
    this.weights = new WeightConstants(net, declarations);
    this.plan = plan;
    List<Operation> operations = net.graph().operations();
    for (int made = 1; made <= operations.size(); made++) {
      add(operations.get(made - 1), made);
    }
  }

  private void add(Operation operation, int made) {
    List<Integer> inputs = operation.inputs();
    steps.append(
        String.format(
            Locale.ROOT,
            "{%s, %s, %s, %s}, /* %s: %s */\n    ",
            step(operation),
            position(inputs.get(0)),
            position(inputs.get(inputs.size() - 1)),
            position(made),
            CText.comment(operation.name()),
            net.graph().shape(made)));
  }

  private int position(int value) {
    if (value == 0) {
      return 0;
    }
    if (value == net.graph().output()) {
      return 1;
    }
    return shared.computeIfAbsent(value(value), text -> 2 + shared.size());
  }

  private String value(int value) {
    ValueShape shape = net.graph().shape(value);
    return String.format(
        Locale.ROOT,
        "{%s, %s, %s, %s}",
        shape.channels(),
        shape.height(),
        shape.width(),
        plan.place(value));
  }

  /**
   * Returns the function of {@code roundel.h} that computes it, and the address of what it needs.
   */
  private String step(Operation operation) {
    if (operation instanceof Convolution convolution) {
      String filters = weights.initialiser(convolution.weights(), convolution.bias());
      String of = "{" + filters + ", " + window(convolution.window()) + "}";
      return step("convolution", address("convolution_of", "convolution", of));
    }
    if (operation instanceof Linear linear) {
      String matrix = weights.initialiser(linear.weights(), linear.bias());
      return step("linear", address("weights", "linear", matrix));
    }
    if (operation instanceof ScaleShift scaleShift) {
      String scale = weights.floats(scaleShift.scale());
      String of = "{" + scale + ", " + weights.floats(scaleShift.shift()) + "}";
      return step("scale_shift", address("scale_shift_of", "scale_shift", of));
    }
    if (operation instanceof Activation activation) {
      String function = activation.function().name().toLowerCase(Locale.ROOT);
      String of = "{roundel_" + function + ", " + CText.number(activation.alpha()) + "}";
      return step("activation", address("activation_of", "activation", of));
    }
    if (operation instanceof Pooling pooling) {
      return step(
          switch (pooling.method()) {
            case MAXIMUM -> "max_pooling";
            case AVERAGE -> "average_pooling";
            case AVERAGE_WITH_PADDING -> "average_pooling_with_padding";
          },
          window(pooling.window()));
    }
    if (operation instanceof Add) {
      return step("add", "NULL");
    }
    if (operation instanceof ZeroPaddedShortcut shortcut) {
      String stride = Integer.toString(shortcut.stride());
      return step("zero_padded_shortcut", declarations.address("uint32_t", "stride", stride));
    }
    throw new IllegalArgumentException("operation '" + operation.name() + "' is unknown");
  }

  private static String step(String function, String of) {
    return "roundel_" + function + ", " + of;
  }

  private String address(String type, String name, String initialiser) {
    return declarations.address("roundel_" + type, name, initialiser);
  }

  private String window(Window window) {
    return address(
        "window", "window", "{" + axis(window.rows()) + ", " + axis(window.columns()) + "}");
  }

  private static String axis(Axis axis) {
    return String.format(
        Locale.ROOT,
        "{%s, %s, %s, %s}",
        axis.kernel(),
        axis.stride(),
        axis.before(),
        axis.dilation());
  }

  /** Returns the elements of the table of values. */
  String values() {
    List<String> values = new ArrayList<>();
    values.add(value(0));
    values.add(value(net.graph().output()));
    values.addAll(shared.keySet());
    return String.join(",\n    ", values);
  }

  /** Returns the elements of the table of operations. */
  String steps() {
    return steps.toString();
  }
}
