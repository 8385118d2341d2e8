package org.roundel.cli.methods;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.net.ShippedNet;

/** The scores of all test images, by the program and by ONNX Runtime. */
final class NetScores {
  /** Images that are computed together, at most. */
  static final int BATCH = 100;

  private NetScores() {}

  /**
   * All images of a test set.
   *
   * @param pixels what nets see of them, one image after the other
   * @param labels their classes
   */
  record Images(float[] pixels, int[] labels) {}

  static Images images(Dataset dataset) {
    int length = dataset.inputShape().length();
    int count = dataset.size(Split.TEST);
    float[] pixels = new float[length * count];
    int[] labels = new int[count];
    FloatBuffer image = FloatBuffer.allocate(length);
    for (int index = 0; index < count; index++) {
      try {
        labels[index] = dataset.read(Split.TEST, index, null, image.clear());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      System.arraycopy(image.array(), 0, pixels, index * length, length);
    }
    return new Images(pixels, labels);
  }

  /** Returns what the model makes of the images with the weights of a net. */
  static float[] ownScores(Model model, ShippedNet net, Images images) {
    for (Parameter parameter : model.parameters()) {
      fill(parameter.values(), net.array(parameter.name()).values());
    }
    for (Buffer buffer : model.buffers()) {
      fill(buffer.values(), net.array(buffer.name()).values());
    }
    List<Integer> shape = net.graph().shape(0).sizes();
    return inBatches(
        net,
        images,
        pixels -> {
          try (INDArray input =
                  Nd4j.createFromArray(pixels)
                      .reshape('c', -1, shape.get(0), shape.get(1), shape.get(2));
              INDArray scores = Nd4j.create(DataType.FLOAT, input.size(0), net.graph().classes())) {
            model.predict(input, scores);
            return scores.data().asFloat();
          }
        });
  }

  private interface Scores<E extends Exception> {
    float[] of(float[] pixels) throws E;
  }

  private static <E extends Exception> float[] inBatches(
      ShippedNet net, Images images, Scores<E> batch) throws E {
    int classes = net.graph().classes();
    int pixels = net.graph().shape(0).size();
    float[] scores = new float[images.labels.length * classes];
    for (int first = 0; first < images.labels.length; first += BATCH) {
      int end = Math.min(first + BATCH, images.labels.length);
      float[] of = batch.of(Arrays.copyOfRange(images.pixels, first * pixels, end * pixels));
      System.arraycopy(of, 0, scores, first * classes, of.length);
    }
    return scores;
  }

  private static void fill(INDArray array, float[] values) {
    array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
  }

  /** Returns what ONNX Runtime makes of the images with an exported file. */
  static float[] scores(byte[] file, ShippedNet net, Images images) {
    List<Integer> shape = net.graph().shape(0).sizes();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file, options)) {
        return inBatches(
            net,
            images,
            pixels -> {
              long count = pixels.length / net.graph().shape(0).size();
              long[] sizes = {count, shape.get(0), shape.get(1), shape.get(2)};
              try (OnnxTensor input =
                      OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), sizes);
                  OrtSession.Result result = session.run(Map.of("images", input))) {
                FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] copy = new float[scores.remaining()];
                scores.get(copy);
                return copy;
              }
            });
      }
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Returns the share of images whose first largest score is not that of their class. */
  static double error(float[] scores, Images images) {
    int classes = scores.length / images.labels.length;
    int wrong = 0;
    for (int image = 0; image < images.labels.length; image++) {
      int best = 0;
      for (int label = 1; label < classes; label++) {
        best = scores[image * classes + label] > scores[image * classes + best] ? label : best;
      }
      wrong += best == images.labels[image] ? 0 : 1;
    }
    return (double) wrong / images.labels.length;
  }
}
