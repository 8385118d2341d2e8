package org.roundel.core.evaluation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.plugin.ComponentKind;

/** Runs a net over the test images in inference mode. */
public final class Evaluator {
  private final TrainedNet net;
  private final BatchReader testBatches;
  private final List<String> classNames;

  /**
   * Makes an evaluator.
   *
   * @param classNames the names of the test images' classes
   */
  public Evaluator(TrainedNet net, BatchReader testBatches, List<String> classNames) {
    this.net = net;
    this.testBatches = testBatches;
    this.classNames = classNames;
  }

  /**
   * Evaluates the weights that ship.
   *
   * @param nextStep the coming update
   * @param stop polled after every batch
   * @return null if {@code stop} said so before the end
   */
  public @Nullable TestScores shipped(long nextStep, BooleanSupplier stop) throws IOException {
    return net.withShippedWeights(nextStep, () -> inPlace(stop, null));
  }

  /** Evaluates the latent weights, where there are any, as {@link #shipped} does its. */
  public @Nullable TestScores latent(long nextStep, BooleanSupplier stop) throws IOException {
    return net.withLatentWeights(nextStep, () -> inPlace(stop, null));
  }

  /**
   * Evaluates the weights and running statistics that are in place, in the same way.
   *
   * @param mistakes told of every image; null if nobody wants to see them
   */
  public @Nullable TestScores inPlace(BooleanSupplier stop, @Nullable SurestMistakes mistakes)
      throws IOException {
    ErrorSum total = ErrorSum.NONE;
    ClassCounter counter = new ClassCounter(classNames);
    ComponentCalls calls = net.calls();
    try (INDArray scores =
        Nd4j.createUninitialized(DataType.FLOAT, testBatches.batchSize(), classNames.size())) {
      calls.enter(ComponentKind.DATASET);
      testBatches.start(1, 0);
      for (Batch batch = testBatches.next(); batch != null; batch = testBatches.next()) {
        calls.enter(ComponentKind.MODEL);
        INDArray rows = rows(scores, batch.size());
        BatchResult result = net.model().evaluate(batch, rows);
        calls.leave();
        total = total.plus(result);
        count(batch, Tensors.floats(rows), counter, mistakes);
        if (stop.getAsBoolean()) {
          return null;
        }
        calls.enter(ComponentKind.DATASET);
      }
    }
    calls.leave();
    return new TestScores(total.evaluation(), counter.results());
  }

  private static INDArray rows(INDArray scores, int size) {
    return size == scores.size(0) ? scores : scores.get(NDArrayIndex.interval(0, size));
  }

  private void count(
      Batch batch, FloatBuffer scores, ClassCounter counter, @Nullable SurestMistakes mistakes) {
    float[] row = new float[classNames.size()];
    for (int image = 0; image < batch.size(); image++) {
      scores.get(image * row.length, row);
      counter.add(row, batch.labels()[image]);
      if (mistakes != null) {
        mistakes.add(row, batch, image);
      }
    }
  }
}
