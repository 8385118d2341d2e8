package org.roundel.onednn.graph;

import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;

/**
 * The layout that each value of a graph lies in. Operations that have no layout of their own take
 * what they get; where two neighbours differ, the program copies.
 */
public final class LayoutPlan {
  private final Wishes wishes;
  private final Layout[] homes;

  /**
   * Makes a plan.
   *
   * @param wishes how it is computed, where there is a choice
   */
  public LayoutPlan(Graph graph, Wishes wishes) {
    this.wishes = wishes;
    homes = new Layout[graph.output() + 1];
    homes[0] = Layout.CHANNELS_LAST;
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      homes[value] = operation.layout(graph, wishes, homes[operation.inputs()[0]]);
    }
  }

  /** Returns how it is computed, where there is a choice. */
  public Wishes wishes() {
    return wishes;
  }

  /** Returns the layout that a value lies in. */
  public Layout home(int value) {
    return homes[value];
  }
}
