package org.roundel.core.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.plugin.Selected;

/** A trained net from which another one learns. Used by one thread. */
public final class Teacher implements AutoCloseable {
  private final Selected<ModelFactory> component;
  private final Model model;
  private final NetOrigin.Checkpoint checkpoint;

  /**
   * Makes one.
   *
   * @param component what has made the model
   * @param model with its trained weights in place; closed with the teacher
   * @param checkpoint where the weights are from
   */
  public Teacher(Selected<ModelFactory> component, Model model, NetOrigin.Checkpoint checkpoint) {
    this.component = component;
    this.model = model;
    this.checkpoint = checkpoint;
  }

  /** Writes what the net gives images before softmax, in inference mode: [size, classes]. */
  void score(INDArray images, INDArray scores) {
    component.call(
        "could not teach",
        factory -> {
          model.predict(images, scores);
          return scores;
        });
  }

  /** Returns where its weights are from. */
  public NetOrigin.Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public void close() {
    model.close();
  }
}
