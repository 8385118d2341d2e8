package org.roundel.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Activation.Function;
import org.roundel.api.net.Add;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.kit.exporter.SampleNets;

class WorkspacePlanTest {
  private static final int NOTHING = -1;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noValueIsOverwrittenBeforeItIsReadForTheLastTime(boolean imageInside) {
    for (long seed = 0; seed < 300; seed++) {
      NetGraph graph = graph(new Random(seed));
      WorkspacePlan plan = new WorkspacePlan(graph, imageInside);
      int[] owners = new int[plan.length()];
      Arrays.fill(owners, NOTHING);
      for (int value = 0; value <= graph.output(); value++) {
        if (value > 0) {
          Operation operation = graph.operations().get(value - 1);
          for (int input : operation.inputs()) {
            if (input > 0 || imageInside) {
              assertThat(Arrays.copyOfRange(owners, plan.place(input), end(graph, plan, input)))
                  .as("seed %s, value %s read by %s", seed, input, operation)
                  .containsOnly(input);
            }
            if (operation instanceof Convolution && isInside(graph, input, imageInside)) {
              assertThat(
                      plan.place(value) < end(graph, plan, input)
                          && plan.place(input) < end(graph, plan, value))
                  .as("seed %s, %s over its input", seed, operation)
                  .isFalse();
            }
          }
        }
        if (isInside(graph, value, imageInside)) {
          Arrays.fill(owners, plan.place(value), end(graph, plan, value), value);
        }
      }
    }
  }

  private static boolean isInside(NetGraph graph, int value, boolean imageInside) {
    return value < graph.output() && (value > 0 || imageInside);
  }

  private static int end(NetGraph graph, WorkspacePlan plan, int value) {
    return plan.place(value) + graph.shape(value).size();
  }

  /** Returns a net whose operations read any of the values before them. */
  private static NetGraph graph(Random random) {
    ValueShape image = ValueShape.image(2, 1, 1);
    List<Operation> operations = new ArrayList<>();
    List<Integer> channels = new ArrayList<>(List.of(2));
    int count = 3 + random.nextInt(20);
    for (int made = 1; made < count; made++) {
      int left = Math.max(0, made - 1 - random.nextInt(4));
      int right = Math.max(0, made - 1 - random.nextInt(4));
      int size = channels.get(left);
      String name = "operation" + made;
      if (random.nextInt(3) == 0) {
        operations.add(new Activation(name, left, Function.RELU, 0));
      } else if (size == channels.get(right)) {
        operations.add(new Add(name, left, right));
      } else {
        size = 1 + random.nextInt(5);
        operations.add(new Convolution(name, left, size, Window.square(1, 1, 0), name, null));
      }
      channels.add(size);
    }
    operations.add(new Linear("linear", count - 1, 2, "linear", null));
    return new NetGraph(image, operations, false);
  }

  /**
   * Where the most lies there at once: the input of a pooling, or of a shortcut, and its output.
   */
  @Test
  void buffersAreAsLargeAsTheWidestPlace() {
    assertThat(length(NormalizationFolding.fold(SampleNets.plain()).graph(), false))
        .isEqualTo(5 * 8 * 8 + 5 * 4 * 4);
    assertThat(length(NormalizationFolding.fold(SampleNets.residual()).graph(), false))
        .isEqualTo(4 * 7 * 7 + 2 * 6 * 4 * 4);
    assertThat(length(NormalizationFolding.fold(SampleNets.plain()).graph(), true))
        .isEqualTo(5 * 8 * 8 + 3 * 8 * 8);
    assertThat(length(OddNets.linear().graph(), false)).isEqualTo(1);
    assertThat(length(OddNets.linear().graph(), true)).isEqualTo(4);
  }

  private static int length(NetGraph graph, boolean imageInside) {
    return new WorkspacePlan(graph, imageInside).length();
  }
}
