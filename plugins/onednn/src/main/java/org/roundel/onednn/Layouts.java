package org.roundel.onednn;

/** Knows which layout is faster for a net. */
final class Layouts {
  private Layouts() {}

  static Layout choose(Graph graph) {
    return Layout.BLOCKED.suits(graph) ? Layout.BLOCKED : Layout.CHANNELS_LAST;
  }
}
