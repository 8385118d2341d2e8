package org.roundel.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;

class BatchTargetsTest {
  private static final int CLASSES = 4;

  private static Batch batch(int... labels) {
    return new Batch(Nd4j.zeros(DataType.FLOAT, labels.length, 1, 1, 1), labels);
  }

  private static float[] rows(Batch batch) {
    float[] rows = new float[batch.size() * CLASSES];
    Tensors.floats(batch.targets()).get(0, rows);
    return rows;
  }

  /** (1 − ε) + ε/4 for the label, ε/4 for the others. */
  @Test
  void smoothedLabelsInClosedForm() {
    Batch batch = batch(2, 0);
    Batch smoothed = new BatchTargets(3, CLASSES, 0.1).of(batch);

    float rest = 0.025f;
    float own = 0.925f;
    assertThat(rows(smoothed)).containsExactly(rest, rest, own, rest, own, rest, rest, rest);
    assertThat(smoothed.images()).isSameAs(batch.images());
    assertThat(smoothed.labels()).isSameAs(batch.labels());
    assertThat(smoothed.indices()).isSameAs(batch.indices());
  }

  @Test
  void withoutSmoothingTheyAreTheLabels() {
    assertThat(rows(new BatchTargets(2, CLASSES, 0).of(batch(3)))).containsExactly(0, 0, 0, 1);
  }

  @Test
  void eachSizeOfABatchHasItsOwnRowsInOneArray() {
    BatchTargets targets = new BatchTargets(3, CLASSES, 0.2);
    Batch whole = targets.of(batch(0, 1, 2));
    Batch last = targets.of(batch(3));

    assertThat(last.targets().shape()).containsExactly(1, CLASSES);
    assertThat(rows(whole)).as("written anew").startsWith(rows(last));
    assertThat(targets.of(batch(1, 1, 1)).targets()).isSameAs(whole.targets());
  }
}
