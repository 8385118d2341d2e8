package org.roundel.api.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Batch;
import org.roundel.api.net.NetGraph;
import org.roundel.api.random.RandomSource;

/**
 * A net with its loss: computes the loss, the error and the gradients over a batch.
 *
 * <p>A model never updates its own parameters: the training loop does, through {@link
 * Parameter#values}. It is used by one thread at a time. The same weights, buffers, batch and
 * random source give the same bytes on the same machine type.
 */
public interface Model extends AutoCloseable {
  /**
   * Returns the trained arrays; always the same list, in the same order, for the model's whole
   * life.
   */
  List<Parameter> parameters();

  /** Returns the arrays that are state but not trained; always the same list. */
  List<Buffer> buffers();

  /**
   * Runs the net in training mode, forward and backward: overwrites every parameter's gradient with
   * that of the batch's mean loss, and updates the buffers. The parameters' values are not changed.
   *
   * <p>Where the batch has {@link Batch#targets targets} t and the model takes them, an image's
   * loss is −Σ t_k·log p_k over the classes k, with the net's probabilities p. Targets that are 1
   * for the label and 0 for the others give the same bytes as none. Wrong images are counted by
   * their labels in any case.
   *
   * @param batch at most as many images as the model was made for; not kept
   * @param random the only source of random numbers, for dropout and the like; a function of seed
   *     and step
   * @return the loss and error of the net in training mode
   */
  BatchResult computeGradients(Batch batch, RandomSource random);

  /**
   * Returns whether the loss of {@link #computeGradients} follows a batch's targets; always the
   * same for the model's whole life. A model that does not is never given any: a run that needs
   * them is refused.
   */
  default boolean takesTargets() {
    return false;
  }

  /**
   * Runs the net in training mode and makes the buffers those of this batch and of the images
   * before it together, for the parameters' values that are in place: after a pass of such calls, a
   * running mean and variance are the mean and the unbiased variance of all the pass's values of a
   * channel. They serve weights that no training step has used. The parameters' values are not
   * changed; gradients mean nothing afterwards.
   *
   * <p>By default the buffers only follow the batch as in training, by {@link #computeGradients}.
   *
   * @param batch at most as many images as the model was made for; not kept
   * @param imagesBefore how many images the pass's earlier calls were given; with 0 the buffers'
   *     present values are forgotten
   * @param random the only source of random numbers, for dropout and the like
   */
  default void estimateBuffers(Batch batch, long imagesBefore, RandomSource random) {
    computeGradients(batch, random);
  }

  /**
   * Runs the net in inference mode, forward only, for the loss and error by the labels, whatever
   * targets there are. Changes nothing.
   *
   * @param batch at most as many images as the model was made for; not kept
   */
  BatchResult evaluate(Batch batch);

  /**
   * Computes the scores that the net gives each image, in inference mode, forward only: what the
   * loss is computed from, in the case of softmax what goes into it. The predicted class is the
   * first one of the largest score, and {@link #evaluate} counts by that; an image whose own class
   * has NaN is wrong. Changes nothing but {@code scores}.
   *
   * @param images read: float32, dense, c order, [size, channels, height, width]; at most as many
   *     as the model was made for
   * @param scores written: float32, dense, c order, [size, classes]
   */
  void predict(INDArray images, INDArray scores);

  /**
   * Does what {@link #evaluate(Batch)} and {@link #predict} do, with the same results. By default
   * it calls both; a model that can do so gives both of one pass.
   *
   * @param batch at most as many images as the model was made for; not kept
   * @param scores written: float32, dense, c order, [size, classes]
   */
  default BatchResult evaluate(Batch batch, INDArray scores) {
    predict(batch.images(), scores);
    return evaluate(batch);
  }

  /**
   * Returns the net's layers, in the order in which they are computed; always the same list. Their
   * parameters are those of {@link #parameters()}, each in one layer.
   */
  List<LayerDescription> layers();

  /**
   * Returns the operations of the net in inference, whose arrays have the names of {@link
   * #parameters} and {@link #buffers}: what exporters and {@code roundel inspect} read. The default
   * is for models that cannot say.
   *
   * @throws InvalidInputException if the net has no such form; the message names the layer, or says
   *     which models have one
   */
  default NetGraph graph() {
    throw new InvalidInputException(
        "the model does not say which operations it consists of, so it cannot leave Roundel; nets"
            + " of Deeplearning4j do by themselves, other models by a method graph() of theirs");
  }

  /**
   * Returns what computes the net, in words for the record of a run: what differs there may differ
   * in the results' last bits. So it names the library with its version and the instructions that
   * it uses, and says what else the numbers depend on, as in {@code oneDNN 3.11.0 avx2; vectors of
   * 256 bits: convolution, batch-normalisation}. One line; always the same for the model's whole
   * life; empty if there is nothing to say.
   */
  default String engine() {
    return "";
  }

  /**
   * Measures the passes of a training step: runs the net on the batch as {@link #computeGradients}
   * does, some times to warm up and then {@code runs} times, and where a pass could be computed
   * otherwise also that way, each time right after. The parameters' values are not changed;
   * gradients mean nothing afterwards, and the buffers have followed the batch. What it needs of
   * memory beside is given back, or kept for later calls of the model.
   *
   * @param batch at most as many images as the model was made for; not kept
   * @param random as in {@link #computeGradients}
   * @param runs how often each way is measured, at least 1
   * @return the passes in the order in which they run; empty if the model cannot tell them apart
   */
  default List<PassTime> profile(Batch batch, RandomSource random, int runs) {
    return List.of();
  }

  /** Returns how much arithmetic one image takes: the sum over the layers. */
  default MultiplyAdds multiplyAddsPerImage() {
    MultiplyAdds sum = MultiplyAdds.NONE;
    for (LayerDescription layer : layers()) {
      sum = sum.plus(layer.multiplyAdds());
    }
    return sum;
  }

  /**
   * Frees native memory; the model and its arrays are not used afterwards. A second call does
   * nothing.
   */
  @Override
  void close();
}
