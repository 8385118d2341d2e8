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
 * <p>A teacher's probabilities for the same image take the share λ of that (Hinton, Vinyals, Dean,
 * "Distilling the Knowledge in a Neural Network", 2015, here at temperature 1 always; with λ = 1
 * the distributional loss of Liu, Shen, Savvides, Cheng, "ReActNet", 2020):
 *
 * <pre>  t_k ← (1 − λ)·t_k + λ·softmax(z)_k  with the teacher's scores z.  </pre>
 *
 * <p>The array of the targets is made once. Used by one thread.
 */
public final class BatchTargets {
  private final double smoothing;
  private final @Nullable Teacher teacher;
  private final double share;
  private final int classes;
  private final INDArray all;
  private final FloatBuffer targets;

  /** The first rows of the array, by how many they are. */
  private final @Nullable INDArray[] views;

  private final double[] probabilities;

  /**
   * Makes one.
   *
   * @param batchSize how many images a batch has at most
   * @param classes how many there are
   * @param smoothing ε, from 0 to below 1
   * @param teacher closed by whoever has made it; null for none
   * @param share λ, from above 0 to 1; nothing without a teacher
   */
  public BatchTargets(
      int batchSize, int classes, double smoothing, @Nullable Teacher teacher, double share) {
    this.smoothing = smoothing;
    this.teacher = teacher;
    this.share = share;
    this.classes = classes;
    this.probabilities = new double[classes];
    this.all = Nd4j.create(DataType.FLOAT, batchSize, classes);
    this.targets = Tensors.floats(all);
    this.views = new INDArray[batchSize + 1];
  }

  /** Returns the images with their targets, which are valid until the next call. */
  public Batch of(Batch batch) {
    INDArray rows = rows(batch.size());
    if (teacher != null) {
      // They lie where the targets will, row by row.
      teacher.score(batch.images(), rows);
    }
    for (int image = 0; image < batch.size(); image++) {
      int first = image * classes;
      if (teacher != null) {
        readProbabilities(first);
      }
      for (int k = 0; k < classes; k++) {
        double own = k == batch.labels()[image] ? 1 - smoothing : 0;
        double target = own + smoothing / classes;
        if (teacher != null) {
          target = (1 - share) * target + share * probabilities[k];
        }
        targets.put(first + k, (float) target);
      }
    }
    return batch.withTargets(rows);
  }

  /** Takes the softmax of a row of scores. */
  private void readProbabilities(int first) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, targets.get(first + k));
    }
    double total = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[k] = StrictMath.exp(targets.get(first + k) - largest);
      total += probabilities[k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[k] /= total;
    }
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
