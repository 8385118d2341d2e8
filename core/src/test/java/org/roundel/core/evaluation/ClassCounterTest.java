package org.roundel.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Cell;

class ClassCounterTest {
  private static List<String> names(int classes) {
    List<String> names = new ArrayList<>();
    for (int index = 0; index < classes; index++) {
      names.add("class " + index);
    }
    return names;
  }

  /** Counted again by sorting, which has nothing in common with the counter. */
  @Test
  void countsWhatSortingTheScoresSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ClassCounter counter = new ClassCounter(names(7));
    int[][] expected = new int[7][7];
    int outside = 0;
    for (int image = 0; image < 500; image++) {
      float[] scores = new float[7];
      for (int index = 0; index < 7; index++) {
        // Few values, so that there are equal ones.
        scores[index] = random.nextInt(5);
      }
      int label = random.nextInt(7);
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
      order.sort((one, other) -> Float.compare(scores[other], scores[one]));
      expected[label][order.get(0)]++;
      outside += order.indexOf(label) >= 5 ? 1 : 0;
      counter.add(scores, label);
    }
    ClassResults results = counter.results();
    ConfusionMatrix confusion = results.confusion();
    int right = 0;
    for (int actual = 0; actual < 7; actual++) {
      right += expected[actual][actual];
      for (int predicted = 0; predicted < 7; predicted++) {
        assertThat(confusion.count(actual, predicted))
            .as("seed %s", seed)
            .isEqualTo(expected[actual][predicted]);
      }
    }
    assertThat(confusion.images()).isEqualTo(500);
    assertThat(confusion.error()).isEqualTo((500 - right) / 500.0);
    assertThat(results.topFiveError()).hasValue(outside / 500.0);
    assertThat(confusion.confusions().stream().mapToInt(Cell::images).sum()).isEqualTo(500 - right);
  }

  @Test
  void whatIsNoNumberIsOfNoClass() {
    ClassCounter counter = new ClassCounter(names(6));
    counter.add(new float[] {Float.NaN, 0, 0, 0, 0, 9}, 5);
    counter.add(new float[] {1, 0, 0, 0, 0, Float.NaN}, 5);
    ConfusionMatrix confusion = counter.results().confusion();
    assertThat(confusion.unclassified()).isEqualTo(1);
    assertThat(confusion.count(5, ConfusionMatrix.NONE)).isEqualTo(1);
    assertThat(confusion.confusions()).containsExactly(new Cell(5, 0, 1));
    assertThat(confusion.wrong(5)).isEqualTo(2);
    assertThat(counter.results().topFiveError()).hasValue(0.5);
  }

  @Test
  void fiveClassesHaveNoTopFive() {
    ClassCounter counter = new ClassCounter(names(5));
    counter.add(new float[] {0, 1, 2, 3, 4}, 0);
    assertThat(counter.results().topFiveError()).isEmpty();
  }

  @Test
  void ordersClassesAndConfusionsByHowWrongTheyAre() {
    ClassCounter counter = new ClassCounter(names(4));
    counter.add(new float[] {1, 0, 0, 0}, 0);
    counter.add(new float[] {0, 1, 0, 0}, 0);
    counter.add(new float[] {1, 0, 0, 0}, 2);
    counter.add(new float[] {1, 0, 0, 0}, 2);
    ConfusionMatrix confusion = counter.results().confusion();
    assertThat(confusion.byError()).containsExactly(2, 0);
    assertThat(confusion.error(1)).isNaN();
    assertThat(confusion.confusions()).containsExactly(new Cell(2, 0, 2), new Cell(0, 1, 1));
  }

  @Test
  void namesFitTheMatrix() {
    assertThatThrownBy(() -> new ClassResults(names(2), new ConfusionMatrix(3, Map.of()), 0))
        .hasMessage("2 names of 3 classes");
  }
}
