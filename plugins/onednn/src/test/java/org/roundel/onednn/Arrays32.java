package org.roundel.onednn;

import java.nio.FloatBuffer;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Shape;

/** Native arrays and noise for tests. */
final class Arrays32 {
  private Arrays32() {}

  static FloatPointer of(float[] numbers) {
    return new FloatPointer(numbers);
  }

  static FloatPointer zeros(long length) {
    return of(new float[Math.toIntExact(length)]);
  }

  static float[] read(FloatPointer pointer, long length) {
    float[] numbers = new float[Math.toIntExact(length)];
    pointer.get(numbers);
    return numbers;
  }

  /** Returns standard normal images. */
  static float[] images(Shape shape, int batch, long seed) {
    Random random = new Random(seed);
    float[] images = new float[Math.toIntExact(batch * shape.size())];
    for (int index = 0; index < images.length; index++) {
      images[index] = (float) random.nextGaussian();
    }
    return images;
  }

  /** Returns labels that go round the classes. */
  static int[] labels(int batch, int classes) {
    int[] labels = new int[batch];
    for (int image = 0; image < batch; image++) {
      labels[image] = image % classes;
    }
    return labels;
  }

  /** Returns noise that is a function of the seed and the stream. */
  static NoiseSource noise(long seed) {
    return (stream, numbers) -> fill(new Random(31 * seed + stream), numbers);
  }

  private static void fill(Random random, FloatBuffer numbers) {
    for (int index = 0; index < numbers.limit(); index++) {
      numbers.put(index, random.nextFloat());
    }
  }
}
