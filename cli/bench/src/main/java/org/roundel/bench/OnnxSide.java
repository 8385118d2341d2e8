package org.roundel.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.inference.Inference;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;

/** ONNX Runtime on the file that Roundel's exporter writes, with all optimizations that it has. */
final class OnnxSide implements Inference {
  private final ValueShape image;
  private final OrtSession session;

  /**
   * Makes a side.
   *
   * @param spins whether its threads wait for work by spinning
   */
  OnnxSide(ShippedNet net, int threads, boolean spins) {
    image = net.graph().shape(0);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
      session = OrtEnvironment.getEnvironment().createSession(file(net), options);
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Returns the library's name and version, and loads it. */
  static String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  private static byte[] file(ShippedNet net) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ExportFiles files =
        new ExportFiles() {
          @Override
          public String mainName() {
            return "net.onnx";
          }

          @Override
          public OutputStream openMain() {
            return content;
          }

          @Override
          public OutputStream openBeside(String name) {
            throw new IllegalStateException("more than one file");
          }
        };
    try {
      Plugins.exporter("onnx").export(net, files);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return content.toByteArray();
  }

  @Override
  public void scores(FloatBuffer images, int count, FloatBuffer scores) {
    long[] shape = {count, image.channels(), image.height(), image.width()};
    FloatBuffer given = images.duplicate().position(0).limit(count * image.size());
    try (OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), given, shape);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      scores.duplicate().position(0).put(((OnnxTensor) result.get(0)).getFloatBuffer());
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public String engine() {
    return version();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
