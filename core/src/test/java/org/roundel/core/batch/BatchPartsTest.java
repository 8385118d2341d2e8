package org.roundel.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Split;

class BatchPartsTest {
  private static final int PIXELS = 4;

  @Test
  void theFirstPartsAreLargerWhereABatchDoesNotDivide() {
    assertThat(sizes(10, 4)).containsExactly(3, 3, 2, 2);
    assertThat(sizes(8, 4)).containsExactly(2, 2, 2, 2);
    assertThat(sizes(7, 1)).containsExactly(7);
    assertThat(BatchParts.largest(10, 4)).isEqualTo(3);
    assertThat(BatchParts.largest(8, 4)).isEqualTo(2);
  }

  @Test
  void aBatchOfFewerImagesHasFewerParts() {
    assertThat(sizes(3, 4)).containsExactly(1, 1, 1);
  }

  @Test
  void aPartHasItsOwnImagesLabelsAndIndices() {
    int image = 0;
    for (Batch part : new BatchParts(4).of(batch(10))) {
      assertThat(part.epoch()).isEqualTo(7);
      assertThat(part.split()).isEqualTo(Split.TRAIN);
      for (int position = 0; position < part.size(); position++) {
        assertThat(Tensors.floats(part.images()).get(position * PIXELS + 1))
            .isEqualTo(image * PIXELS + 1);
        assertThat(part.labels()[position]).isEqualTo(100 + image);
        assertThat(part.indices()[position]).isEqualTo(200 + image);
        image++;
      }
    }
    assertThat(image).isEqualTo(10);
  }

  /** As a reader gives them: the same arrays with other images, in the next epoch too. */
  @Test
  void anArrayThatComesAgainIsNotCutAgainAndHasWhatItsBatchHas() {
    BatchParts parts = new BatchParts(3);
    Batch first = batch(7);
    List<INDArray> views = new ArrayList<>();
    parts.of(first).forEach(part -> views.add(part.images()));
    first.labels()[6] = 1;
    first.indices()[6] = 2;
    Batch again = new Batch(first.images(), first.labels(), Split.TRAIN, first.indices(), 8);
    List<Batch> found = parts.of(again);
    for (int part = 0; part < 3; part++) {
      assertThat(found.get(part).images()).isSameAs(views.get(part));
      assertThat(found.get(part).epoch()).isEqualTo(8);
    }
    assertThat(found.get(2).labels()).containsExactly(105, 1);
    assertThat(found.get(2).indices()).containsExactly(205, 2);
    Batch test = new Batch(first.images(), first.labels(), Split.TEST, first.indices(), 8);
    assertThat(parts.of(test)).extracting(Batch::split).containsOnly(Split.TEST);
    // Another array, larger than any before, has parts of its own.
    assertThat(parts.of(batch(30))).extracting(Batch::size).containsExactly(10, 10, 10);
    for (int other = 0; other < 40; other++) {
      assertThat(Tensors.floats(parts.of(batch(6)).get(1).images()).get(0)).isEqualTo(2 * PIXELS);
    }
  }

  private static List<Integer> sizes(int size, int shards) {
    List<Integer> sizes = new ArrayList<>();
    new BatchParts(shards).of(batch(size)).forEach(part -> sizes.add(part.size()));
    return sizes;
  }

  private static Batch batch(int size) {
    int[] labels = new int[size];
    int[] indices = new int[size];
    for (int image = 0; image < size; image++) {
      labels[image] = 100 + image;
      indices[image] = 200 + image;
    }
    return new Batch(
        Nd4j.arange(size * PIXELS).castTo(DataType.FLOAT).reshape('c', size, 1, 2, 2),
        labels,
        Split.TRAIN,
        indices,
        7);
  }
}
