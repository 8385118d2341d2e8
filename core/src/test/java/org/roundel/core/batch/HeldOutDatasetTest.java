package org.roundel.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.core.RoundelException;

class HeldOutDatasetTest {
  /**
   * Images of one pixel that say which they are and how they were read; the label is the number.
   */
  private record Numbered(int size) implements Dataset {
    @Override
    public InputShape inputShape() {
      return new InputShape(1, 1, 2);
    }

    @Override
    public List<String> classNames() {
      return List.of("a", "b");
    }

    @Override
    public int size(Split split) {
      return split == Split.TRAIN ? size : 7;
    }

    @Override
    public int read(
        Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image) {
      image.put(0, split == Split.TRAIN ? 1 : 2);
      image.put(1, augmentation == null ? -1 : (float) augmentation.random().uniform(0));
      return index;
    }

    @Override
    public String fingerprint() {
      return "";
    }

    @Override
    public void close() {}
  }

  private static List<Integer> numbers(Dataset dataset, Split split) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (int index = 0; index < dataset.size(split); index++) {
      numbers.add(dataset.read(split, index, null, FloatBuffer.allocate(2)));
    }
    return numbers;
  }

  @Test
  void everyTrainingImageIsKeptOrHeldOutInItsOrder() throws IOException {
    Dataset dataset = HeldOutDataset.of(new Numbered(1000), 0.2, 5);
    List<Integer> kept = numbers(dataset, Split.TRAIN);
    List<Integer> heldOut = numbers(dataset, Split.TEST);
    assertThat(kept).hasSize(800).isSorted();
    assertThat(heldOut).hasSize(200).isSorted();
    Set<Integer> all = new HashSet<>(kept);
    all.addAll(heldOut);
    assertThat(all).hasSize(1000);
  }

  @Test
  void countsTheImagesHeldOutThatAnotherRunHasTrainedOn() throws IOException {
    HeldOutDataset here = (HeldOutDataset) HeldOutDataset.of(new Numbered(1000), 0.2, 5);
    Set<Integer> seen = new HashSet<>(numbers(here, Split.TEST));
    seen.retainAll(numbers(HeldOutDataset.of(new Numbered(1000), 0.3, 6), Split.TRAIN));
    assertThat(here.trainedOn(0.3, 6)).isEqualTo(seen.size()).isBetween(1, 199);
    assertThat(here.trainedOn(0.2, 5)).isZero();
    assertThat(here.trainedOn(0.3, 5)).isZero();
    assertThat(here.trainedOn(0.1, 5)).isEqualTo(100);
    assertThat(here.trainedOn(0, 5)).isEqualTo(200);
  }

  @Test
  void whichOnesIsAFunctionOfTheSeedAndASmallerShareIsPartOfALargerOne() throws IOException {
    List<Integer> held = numbers(HeldOutDataset.of(new Numbered(1000), 0.2, 5), Split.TEST);
    assertThat(numbers(HeldOutDataset.of(new Numbered(1000), 0.2, 5), Split.TEST)).isEqualTo(held);
    assertThat(numbers(HeldOutDataset.of(new Numbered(1000), 0.2, 6), Split.TEST))
        .isNotEqualTo(held);
    assertThat(held)
        .containsAll(numbers(HeldOutDataset.of(new Numbered(1000), 0.1, 5), Split.TEST));
    // Binomial with p = 1/2 but without replacement: four standard errors are below 2·sqrt(200).
    assertThat(held.stream().filter(number -> number < 500).count()).isBetween(72L, 128L);
  }

  @Test
  void keptImagesAreAugmentedByTheirOwnNumberAndOthersNotAtAll() throws IOException {
    Dataset dataset = HeldOutDataset.of(new Numbered(100), 0.3, 5);
    FloatBuffer image = FloatBuffer.allocate(2);
    for (int index = 0; index < 70; index++) {
      int number = dataset.read(Split.TRAIN, index, Augmentation.of(9, 4, index), image);
      assertThat(image.get(0)).isEqualTo(1);
      assertThat(image.get(1)).isEqualTo((float) Augmentation.of(9, 4, number).random().uniform(0));
    }
    for (int index = 0; index < 30; index++) {
      dataset.read(Split.TEST, index, null, image);
      assertThat(image.get(0)).as("a training image").isEqualTo(1);
      assertThat(image.get(1)).isEqualTo(-1);
    }
  }

  @Test
  void aBatchOfTrainingImagesSaysWhichOnesTheyAre() throws IOException {
    Dataset dataset = HeldOutDataset.of(new Numbered(100), 0.3, 5);
    try (BatchReader reader = new BatchReader(dataset, Split.TRAIN, 16, 5)) {
      reader.start(1, 0);
      Set<Integer> seen = new HashSet<>();
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        assertThat(batch.indices()).isEqualTo(batch.labels());
        Arrays.stream(batch.indices()).forEach(seen::add);
      }
      assertThat(seen).hasSize(70).containsAll(numbers(dataset, Split.TRAIN));
    }
  }

  @Test
  void withNoShareItIsTheDatasetItself() {
    Dataset images = new Numbered(10);
    assertThat(HeldOutDataset.of(images, 0, 5)).isSameAs(images);
  }

  @Test
  void refusesAShareThatLeavesOneSideEmpty() {
    assertThatThrownBy(() -> HeldOutDataset.of(new Numbered(10), 0.04, 5))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "validation is 0.04, which of 10 training images leaves none to validate with; use more"
                + " training images, or another share");
    assertThatThrownBy(() -> HeldOutDataset.of(new Numbered(1), 0.5, 5))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "validation is 0.5, which of 1 training image leaves none to train on; use more"
                + " training images, or another share");
  }
}
