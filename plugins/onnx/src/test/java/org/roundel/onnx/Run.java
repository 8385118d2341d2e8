package org.roundel.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import onnx.Onnx;
import org.roundel.api.Options;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.kit.exporter.MemoryFiles;

/** Exports nets, reads the files by classes that did not write them, and runs them. */
final class Run {
  private Run() {}

  static byte[] export(ExporterFactory factory, ShippedNet net, Map<String, String> options) {
    try {
      return Objects.requireNonNull(
          MemoryFiles.write(factory.create(Options.of(factory.options(), options)), net)
              .get(MemoryFiles.MAIN));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Onnx.ModelProto read(byte[] file) {
    try {
      return Onnx.ModelProto.parseFrom(file);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** Returns as many images, of numbers from 0 to 255 without a fraction. */
  static float[] pixels(ShippedNet net, int count) {
    Random random = new Random(7);
    float[] pixels = new float[count * net.graph().shape(0).size()];
    for (int element = 0; element < pixels.length; element++) {
      pixels[element] = random.nextInt(256);
    }
    return pixels;
  }

  /** Returns what a net sees of images of pixels. */
  static float[] scaled(ShippedNet net, float[] pixels) {
    ValueShape image = net.graph().shape(0);
    float[] scaled = new float[pixels.length];
    for (int element = 0; element < scaled.length; element++) {
      int channel = element / (image.height() * image.width()) % image.channels();
      scaled[element] = Objects.requireNonNull(net.scaling()).apply(channel, pixels[element]);
    }
    return scaled;
  }

  /** Returns all numbers of one of the values that ONNX Runtime computes for images. */
  static float[] value(byte[] file, String name, ShippedNet net, float[] images) {
    ValueShape image = net.graph().shape(0);
    long[] shape = {images.length / image.size(), image.channels(), image.height(), image.width()};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(file, options);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of("images", input), Set.of(name))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] numbers = new float[buffer.remaining()];
      buffer.get(numbers);
      return numbers;
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Returns the graph that ONNX Runtime makes of a file when it loads it. */
  static byte[] optimised(byte[] file, Path directory) {
    Path written = directory.resolve("optimised.onnx");
    try (OrtSession.SessionOptions options = options()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      options.setOptimizedModelFilePath(written.toString());
      OrtEnvironment.getEnvironment().createSession(file, options).close();
      return Files.readAllBytes(written);
    } catch (OrtException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }
}
