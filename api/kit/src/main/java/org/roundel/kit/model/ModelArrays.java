package org.roundel.kit.model;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** Batches and the bytes of a model, for {@link ModelRules}. */
final class ModelArrays {
  private ModelArrays() {}

  static Batch batch(InputShape input, int classes, int size, long seed) {
    RandomSource random = RandomSource.of(seed, RandomPurpose.AUGMENT, 0);
    float[] pixels = new float[size * input.length()];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      pixels[pixel] = (float) random.normal(pixel);
    }
    int[] labels = new int[size];
    for (int image = 0; image < size; image++) {
      labels[image] = image % classes;
    }
    long[] shape = {size, input.channels(), input.height(), input.width()};
    return new Batch(Nd4j.create(pixels, shape, 'c'), labels);
  }

  /** Returns some of a batch's images, as a view into the same memory. */
  static Batch part(Batch batch, int from, int to) {
    INDArray images =
        batch
            .images()
            .get(
                NDArrayIndex.interval(from, to),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    return new Batch(
        images,
        Arrays.copyOfRange(batch.labels(), from, to),
        batch.split(),
        Arrays.copyOfRange(batch.indices(), from, to),
        batch.epoch());
  }

  /** Returns all values, gradients and buffers. */
  static List<FloatBuffer> all(Model model) {
    List<FloatBuffer> arrays = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      arrays.add(Tensors.floats(parameter.values()));
      arrays.add(Tensors.floats(parameter.gradient()));
    }
    for (Buffer buffer : model.buffers()) {
      arrays.add(Tensors.floats(buffer.values()));
    }
    return arrays;
  }

  static byte[] bytes(Model model) {
    return bytes(all(model).toArray(new FloatBuffer[0]));
  }

  static byte[] bytes(List<Parameter> parameters) {
    FloatBuffer[] arrays = new FloatBuffer[parameters.size()];
    for (int index = 0; index < arrays.length; index++) {
      arrays[index] = Tensors.floats(parameters.get(index).values());
    }
    return bytes(arrays);
  }

  private static byte[] bytes(FloatBuffer[] arrays) {
    int length = 0;
    for (FloatBuffer array : arrays) {
      length += array.remaining();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (FloatBuffer array : arrays) {
      floats.put(array.duplicate());
    }
    return bytes.array();
  }
}
