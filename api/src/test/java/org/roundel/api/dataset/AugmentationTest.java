package org.roundel.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class AugmentationTest {
  @Test
  void theEpochsNumbersAreThoseOfSeedEpochAndIndex() {
    RandomSource expected = RandomSource.of(7, RandomPurpose.AUGMENT, 3).forTensor(11);
    assertThat(Augmentation.of(7, 3, 11).random()).hasToString(expected.toString());
    assertThat(Augmentation.of(7, 3, 5).forImage(11).random()).hasToString(expected.toString());
    assertThat(Augmentation.of(7, 3, 5).forImage(11).epoch()).isEqualTo(3);
  }

  @Test
  void theImagesNumbersAreTheSameInEveryEpochAndOfNoEpoch() {
    RandomSource ofImage = Augmentation.of(7, 1, 11).ofImage();
    assertThat(Augmentation.of(7, 2, 11).ofImage()).hasToString(ofImage.toString());
    assertThat(Augmentation.of(7, 2, 5).forImage(11).ofImage()).hasToString(ofImage.toString());
    assertThat(Augmentation.of(7, 1, 12).ofImage().bits(0)).isNotEqualTo(ofImage.bits(0));
    assertThat(Augmentation.of(8, 1, 11).ofImage().bits(0)).isNotEqualTo(ofImage.bits(0));
    for (int epoch = 0; epoch < 1000; epoch++) {
      assertThat(Augmentation.of(7, epoch, 11).random().bits(0)).isNotEqualTo(ofImage.bits(0));
    }
  }
}
