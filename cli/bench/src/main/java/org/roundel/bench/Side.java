package org.roundel.bench;

/** One of those that race: a net with its way to be trained, on a batch of its own. */
interface Side extends AutoCloseable {
  /** Returns what the side is called in the tables. */
  String name();

  /** Makes one update of the weights and returns the loss before it. */
  double train();

  /** Returns the loss in inference mode. */
  double infer();

  /** Returns the gradient of the last update with respect to the net's weights, in c order. */
  float[] gradient(String parameter);

  @Override
  void close();
}
