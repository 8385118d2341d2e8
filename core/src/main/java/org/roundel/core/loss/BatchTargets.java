package org.roundel.core.loss;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;

/**
 * Gives batches the targets that a net is trained towards. Labels are smoothed (Szegedy, Vanhoucke,
 * Ioffe, Shlens, Wojna, "Rethinking the Inception Architecture for Computer Vision", 2016): of K
 * classes, class k of an image with label y gets the probability
 *
 * <pre>  t_k = (1 − ε)·[k = y] + ε/K.  </pre>
 *
 * <p>The array of the targets is made once. Used by one thread.
 */
public final class BatchTargets {
  private final double smoothing;
  private final int classes;
  private final INDArray all;
  private final FloatBuffer targets;

  /** The first rows of the array, by how many they are. */
  private final @Nullable INDArray[] views;

  /**
   * Makes one.
   *
   * @param batchSize how many images a batch has at most
   * @param classes how many there are
   * @param smoothing ε, from 0 to below 1
   */
  public BatchTargets(int batchSize, int classes, double smoothing) {
    this.smoothing = smoothing;
    this.classes = classes;
    this.all = Nd4j.create(DataType.FLOAT, batchSize, classes);
    this.targets = Tensors.floats(all);
    this.views = new INDArray[batchSize + 1];
  }

  /** Returns the images with their targets, which are valid until the next call. */
  public Batch of(Batch batch) {
    for (int image = 0; image < batch.size(); image++) {
      int label = batch.labels()[image];
      for (int k = 0; k < classes; k++) {
        double own = k == label ? 1 - smoothing : 0;
        targets.put(image * classes + k, (float) (own + smoothing / classes));
      }
    }
    return batch.withTargets(rows(batch.size()));
  }

  private INDArray rows(int size) {
    INDArray rows = views[size];
    if (rows == null) {
      rows = all.get(NDArrayIndex.interval(0, size), NDArrayIndex.all());
      views[size] = rows;
    }
    return rows;
  }
}
