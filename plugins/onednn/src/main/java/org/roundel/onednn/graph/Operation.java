package org.roundel.onednn.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.PostOperations;

/**
 * One operation of a {@link Graph}, all that there is to know of it: which shape it makes of its
 * inputs, and which steps compute it in training, forward and back, and in inference.
 *
 * <p>Its inputs are values of the graph, by number; its output is the value that {@link
 * Graph.Builder#add} returns. Immutable.
 */
public interface Operation {
  /** Returns the name that the net's author knows it by; it appears in messages and profiles. */
  String name();

  /** Returns in a word what it computes, as in {@code convolution}; it appears in profiles. */
  String kind();

  /** Returns the numbers of the values it reads, at least one. */
  int[] inputs();

  /**
   * Returns the shape of its output.
   *
   * @param inputs the shapes of the values it reads
   * @throws IllegalArgumentException if it does not fit them; the message says why
   */
  Shape outputShape(List<Shape> inputs);

  /** Returns whether it has numbers that are trained. */
  default boolean trained() {
    return false;
  }

  /** Returns whether it is max(x, 0), which some operations before it compute by the way. */
  default boolean rectifies() {
    return false;
  }

  /**
   * Returns whether, in training, its steps can do something to the first input as they load it,
   * forward and back; then they read it by {@link TrainingCompiler#source}.
   *
   * @param value the number of its output
   */
  default boolean changesWhatItLoads(int value, TrainingCompiler net) {
    return false;
  }

  /**
   * Returns the layout of its output.
   *
   * @param wishes how it is computed, where there is a choice
   * @param inherited the layout of its first input
   */
  default Layout layout(Graph graph, Wishes wishes, Layout inherited) {
    return inherited;
  }

  /**
   * Adds its forward steps in training, and says by {@link TrainingCompiler#backward} how its
   * backward steps are added.
   *
   * @param value the number of its output
   */
  void train(int value, TrainingCompiler net);

  /**
   * Adds its steps in inference.
   *
   * @param value the number of its output
   */
  void infer(int value, InferenceCompiler net);

  /** Returns whether it can scale and shift each channel of its output by its own weights. */
  default boolean scalesItsOutput() {
    return false;
  }

  /** Returns the scale and shift of each channel that it is in inference; null if it is not. */
  default @Nullable ChannelScale scale(FrozenValues values) {
    return null;
  }

  /**
   * Returns it as an operation of a frozen net.
   *
   * @param values where its values come from and go to
   * @param after what it does to its output as well; null for nothing, as where it {@link
   *     #scalesItsOutput} not
   */
  default Operation freeze(FrozenValues values, @Nullable ChannelScale after) {
    return this;
  }

  /**
   * Lets a primitive that computes an operation before it compute it as well, in inference. It is
   * the only reader of that one's result.
   *
   * @param read the number of the value that the primitive makes and does not write
   * @return whether it did; else nothing has changed, and its own steps follow
   */
  default boolean join(int read, InferenceCompiler net, PostOperations after) {
    return false;
  }
}
