package org.roundel.kit.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.roundel.api.inference.Inference;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.rule.RuleViolation;

/** A batch of random images for a net, the same ones for the same net and size. */
final class SampleImages {
  private static final float UNTOUCHED = 12_345;

  /** Of the largest score, for sums in float32 in any order. */
  private static final double TOLERANCE = 1e-4;

  private final ShippedNet net;
  private final int count;
  private final int size;
  private final FloatBuffer images;
  private final FloatBuffer scores;

  SampleImages(ShippedNet net, int count) {
    this.net = net;
    this.count = count;
    size = net.graph().shape(0).size();
    images = buffer(count * size);
    scores = buffer((count + 1) * net.graph().classes());
    RandomSource random = RandomSource.of(2, RandomPurpose.INITIALIZE, count);
    for (int element = 0; element < count * size; element++) {
      images.put(element, (float) (4 * random.uniform(element) - 2));
    }
  }

  private static FloatBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Lets the scores be written. */
  void run(Inference inference) {
    for (int element = 0; element < scores.capacity(); element++) {
      scores.put(element, UNTOUCHED);
    }
    // Positions that mean nothing.
    inference.scores(images.duplicate().position(1), count, scores.duplicate().position(1));
  }

  /** Runs the images and compares their scores with the net's definition. */
  void check(Inference inference) {
    run(inference);
    int classes = net.graph().classes();
    for (int image = 0; image < count; image++) {
      float[] pixels = new float[size];
      images.get(image * size, pixels);
      double[] expected = ReferenceScores.of(net, pixels);
      double largest = 1;
      for (double score : expected) {
        largest = Math.max(largest, Math.abs(score));
      }
      for (int index = 0; index < classes; index++) {
        float score = scores.get(image * classes + index);
        // Not "greater than", which NaN never is.
        if (!(Math.abs(score - expected[index]) <= TOLERANCE * largest)) {
          throw RuleViolation.of(
                  "score " + score + " for class " + index, expected[index] + ", by its definition")
              .with("image " + image + " of " + count + ", net " + net.origin().model());
        }
      }
    }
    for (int element = count * classes; element < scores.capacity(); element++) {
      if (scores.get(element) != UNTOUCHED) {
        throw RuleViolation.of(
            "a number written behind the scores of " + count + " images", "the scores alone");
      }
    }
  }
}
