package org.roundel.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Split;

class SurestMistakesTest {
  /** Images whose only pixel is their index. */
  private static Batch batch(int size) {
    int[] indices = IntStream.range(0, size).toArray();
    float[] pixels = new float[size];
    for (int index = 0; index < size; index++) {
      pixels[index] = index;
    }
    INDArray images = Nd4j.createFromArray(pixels).reshape('c', size, 1, 1, 1);
    return new Batch(images, new int[size], Split.TEST, indices, 0);
  }

  @Test
  void keepsTheSurestOfTheWrongOnes() {
    Batch batch = batch(200);
    SurestMistakes mistakes = new SurestMistakes(true);
    for (int image = 0; image < 200; image++) {
      // Every fourth is right; of the others, the net is surer from one to the next.
      mistakes.add(new float[] {image % 4 == 0 ? 1000 : 0, image / 50f}, batch, image);
    }
    List<Mistake> list = mistakes.list();
    List<Integer> expected =
        IntStream.iterate(199, index -> index - 1)
            .filter(index -> index % 4 != 0)
            .limit(SurestMistakes.MOST)
            .boxed()
            .toList();
    assertThat(list).extracting(Mistake::index).isEqualTo(expected);
    assertThat(list)
        .allSatisfy(
            mistake -> {
              assertThat(mistake.image()).containsExactly(mistake.index());
              assertThat(mistake.predicted()).isEqualTo(1);
              assertThat(mistake.probability())
                  .isCloseTo(1 / (1 + Math.exp(-mistake.score())), within(1e-7));
            });
  }

  @Test
  void goesByTheScoreWhereThereAreNoProbabilities() {
    Batch batch = batch(4);
    SurestMistakes mistakes = new SurestMistakes(false);
    mistakes.add(new float[] {8.9f, 9}, batch, 0);
    mistakes.add(new float[] {-9, 1}, batch, 1);
    mistakes.add(new float[] {Float.NaN, 1}, batch, 2);
    mistakes.add(new float[] {8.9f, 9}, batch, 3);
    assertThat(mistakes.list()).extracting(Mistake::index).containsExactly(0, 3, 1);
    assertThat(mistakes.list()).allMatch(mistake -> Double.isNaN(mistake.probability()));
  }
}
