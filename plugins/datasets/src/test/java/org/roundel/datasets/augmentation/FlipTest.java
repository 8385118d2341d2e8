package org.roundel.datasets.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.Fixtures;
import org.roundel.datasets.fashion.FashionMnistMiniFactory;

class FlipTest {
  private static final int IMAGES = 4000;

  private static boolean mirrors(Flip flip, int epoch, int index) {
    return flip.mirrors(Fixtures.augmentation(epoch, index), 2);
  }

  @Test
  void alternatingMirrorsEachImageInOneOfTwoEpochs() {
    int first = 0;
    for (int index = 0; index < IMAGES; index++) {
      boolean mirrored = mirrors(Flip.ALTERNATING, 1, index);
      first += mirrored ? 1 : 0;
      for (int epoch = 2; epoch <= 9; epoch++) {
        mirrored = !mirrored;
        assertThat(mirrors(Flip.ALTERNATING, epoch, index))
            .as("image %d in epoch %d, seed 7", index, epoch)
            .isEqualTo(mirrored);
      }
    }
    // Binomial with p = 1/2: four standard errors are 2·sqrt(4000).
    assertThat(first).as("seed 7").isCloseTo(IMAGES / 2, within(127));
  }

  /** What alternating is for: at random, half of the images come the same way twice. */
  @Test
  void randomMirrorsHalfAnewInEveryEpoch() {
    int mirrored = 0;
    int sameTwice = 0;
    for (int index = 0; index < IMAGES; index++) {
      boolean first = mirrors(Flip.RANDOM, 1, index);
      mirrored += first ? 1 : 0;
      sameTwice += first == mirrors(Flip.RANDOM, 2, index) ? 1 : 0;
      assertThat(mirrors(Flip.NONE, 1, index)).isFalse();
    }
    assertThat(mirrored).as("seed 7").isCloseTo(IMAGES / 2, within(127));
    assertThat(sameTwice).as("seed 7").isCloseTo(IMAGES / 2, within(127));
  }

  @Test
  void alternatingWithoutAugmentationIsRefused() {
    assertThatThrownBy(
            () ->
                Fixtures.open(
                    new FashionMnistMiniFactory(),
                    Path.of("nowhere"),
                    Map.of("flip", "alternating")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "fashion-mnist-mini: option 'flip' is alternating, but 'augment' is false, so no image"
                + " is mirrored; set 'augment' to true, or leave 'flip' out");
  }
}
