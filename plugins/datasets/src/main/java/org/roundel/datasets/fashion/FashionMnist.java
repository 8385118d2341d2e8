package org.roundel.datasets.fashion;

import java.util.List;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.array.Normalization;

/**
 * What is known of Fashion-MNIST: 28x28 grey images of clothing in 10 classes, 60,000 to train on
 * and 10,000 to test.
 *
 * <p>Source: Han Xiao, Kashif Rasul, Roland Vollgraf, <em>Fashion-MNIST: a Novel Image Dataset for
 * Benchmarking Machine Learning Algorithms</em>, 2017.
 */
public final class FashionMnist {
  public static final int TRAIN_SIZE = 60_000;
  public static final int TEST_SIZE = 10_000;
  static final InputShape SHAPE = new InputShape(1, 28, 28);
  static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /**
   * Returns the normalisation by the mean and the standard deviation of all 47,040,000 pixel values
   * of the 60,000 training images, computed in exact integer sums: 72.9404 and 90.0212 on the scale
   * 0 to 255 (0.2860 and 0.3530 on 0 to 1).
   */
  static Normalization normalization() {
    return new Normalization(List.of(72.9404), List.of(90.0212));
  }
}
