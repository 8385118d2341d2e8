package org.roundel.api.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Updates one array of weights from its gradient.
 *
 * <p>An optimizer holds no state of its own: the training loop owns the state arrays, starts them
 * at zero, saves them in checkpoints under their names, and hands them in. So one optimizer serves
 * all parameters, from any thread.
 */
public interface Optimizer {
  /**
   * Returns the names of the state arrays that each parameter needs, each matching {@link
   * org.roundel.api.ComponentFactory#NAME_PATTERN}; empty if none.
   */
  List<String> stateNames();

  /**
   * Makes one update.
   *
   * @param weights read and written: float32, dense, c order
   * @param gradient read: the gradient of the mean loss with respect to the weights, same shape
   * @param state read and written: one array per state name, in that order, same shape
   * @param learningRate the learning rate of this update
   * @param step the number of this update, counted from 1
   */
  void update(
      INDArray weights, INDArray gradient, List<INDArray> state, double learningRate, long step);
}
