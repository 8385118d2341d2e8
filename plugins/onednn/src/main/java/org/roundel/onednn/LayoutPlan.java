package org.roundel.onednn;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.Operation.Convolution;

/**
 * Which layout each pass of each convolution works in. All other operations take what they get.
 * Where two neighbours differ, the program copies.
 */
final class LayoutPlan {
  /**
   * The layouts of one convolution.
   *
   * @param forward the forward pass, and so of its output and its gradient
   * @param data the backward pass for the input
   * @param weights the backward pass for the weights
   * @param product whether the weights' gradient is computed as a matrix product where oneDNN can;
   *     else by its first choice, a direct kernel
   */
  record Passes(Layout forward, Layout data, Layout weights, boolean product) {
    static Passes all(Layout layout) {
      return new Passes(layout, layout, layout, false);
    }
  }

  private final @Nullable Passes[] passes;
  private final Layout[] homes;

  private LayoutPlan(Graph graph, @Nullable Layout wish) {
    passes = new Passes[graph.output() + 1];
    homes = new Layout[graph.output() + 1];
    homes[0] = Layout.CHANNELS_LAST;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.producer(value);
      if (operation instanceof Convolution convolution) {
        Passes chosen = choose(graph, convolution, wish);
        passes[value] = chosen;
        homes[value] = chosen.forward();
      } else {
        homes[value] = homes[operation.inputs()[0]];
      }
    }
  }

  /** Returns the plan that is known to be fastest. */
  static LayoutPlan fastest(Graph graph) {
    return new LayoutPlan(graph, null);
  }

  /** Returns the plan with one layout for all passes that can work in it. */
  static LayoutPlan uniform(Graph graph, Layout layout) {
    return new LayoutPlan(graph, layout);
  }

  /** Returns the layouts of the convolution that makes a value. */
  Passes passes(int value) {
    Passes found = passes[value];
    if (found == null) {
      throw new IllegalArgumentException("value " + value + " is not made by a convolution");
    }
    return found;
  }

  /** Returns the layout that a value lies in. */
  Layout home(int value) {
    return homes[value];
  }

  private static Passes choose(Graph graph, Convolution convolution, @Nullable Layout wish) {
    Shape in = graph.shape(convolution.input());
    boolean first = convolution.input() == 0 && in.channels() < Layout.block();
    boolean blocked =
        convolution.channels() % Layout.block() == 0
            && (first || in.channels() % Layout.block() == 0);
    if (!blocked || wish == Layout.CHANNELS_LAST) {
      return Passes.all(Layout.CHANNELS_LAST);
    }
    if (first) {
      // Kernels for blocks read images of few channels as they are; the one for the weights knows
      // only three channels.
      Layout weights = in.channels() == 3 ? Layout.BLOCKED : Layout.CHANNELS_LAST;
      return new Passes(Layout.BLOCKED, Layout.BLOCKED, weights, false);
    }
    if (wish == Layout.BLOCKED) {
      return Passes.all(Layout.BLOCKED);
    }
    long fewest = Math.min(in.channels(), convolution.channels());
    long most = Math.max(in.channels(), convolution.channels());
    if (fewest >= 64 && most >= 128 && in.height() <= 16) {
      // Measured, see docs/performance.md: here the kernels for channels last are faster, and the
      // matrix product beats both direct kernels for the weights.
      return new Passes(Layout.CHANNELS_LAST, Layout.CHANNELS_LAST, Layout.CHANNELS_LAST, true);
    }
    return Passes.all(Layout.BLOCKED);
  }
}
