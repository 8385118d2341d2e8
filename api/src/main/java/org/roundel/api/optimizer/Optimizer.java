package org.roundel.api.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.training.StateArray;

/**
 * Updates one array of weights from its gradient.
 *
 * <p>An optimizer holds no state of its own: the training loop owns the state arrays, starts them
 * at zero, saves them in checkpoints under their names, and hands them in. So one optimizer serves
 * all parameters, from any thread.
 */
public interface Optimizer {
  /**
   * Returns the arrays that it keeps beside each parameter, always the same; empty if none. None is
   * {@link StateArray#learned()}.
   */
  List<StateArray> stateArrays();

  /**
   * Makes one update.
   *
   * @param weights read and written: float32, dense, c order
   * @param gradient read: the gradient of the mean loss with respect to the weights, same shape
   * @param context its state is read and written; its moment has the learning rate
   */
  void update(INDArray weights, INDArray gradient, UpdateContext context);
}
