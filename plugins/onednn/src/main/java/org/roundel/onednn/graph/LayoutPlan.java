package org.roundel.onednn.graph;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.Layout;

/**
 * The layout that each value of a graph lies in. Operations that have no layout of their own take
 * what they get; where two neighbours differ, the program copies.
 */
public final class LayoutPlan {
  private final @Nullable Layout wish;
  private final Layout[] homes;

  /**
   * Makes a plan.
   *
   * @param wish how images lie where an operation can work with it, null for what is fastest
   */
  public LayoutPlan(Graph graph, @Nullable Layout wish) {
    this.wish = wish;
    homes = new Layout[graph.output() + 1];
    homes[0] = Layout.CHANNELS_LAST;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      homes[value] = operation.layout(graph, wish, homes[operation.inputs()[0]]);
    }
  }

  /** Returns the layout that was wished for, null for what is fastest. */
  public @Nullable Layout wish() {
    return wish;
  }

  /** Returns the layout that a value lies in. */
  public Layout home(int value) {
    return homes[value];
  }
}
