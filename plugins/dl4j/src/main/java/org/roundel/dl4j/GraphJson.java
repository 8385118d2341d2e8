package org.roundel.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.roundel.api.InvalidInputException;
import org.roundel.dl4j.net.LayerStack;

/**
 * Reads a net that DL4J's {@code toJson} wrote, from a plugin's own JAR:
 *
 * <pre>{@code
 * Dl4jModelFactory.of(
 *     "my-net", "the net in my-net.json", request -> GraphJson.read(MyPlugin.class, "my-net.json"));
 * }</pre>
 *
 * <p>The net is taken as it is: input sizes, classes and layers are those of the file, and a
 * dataset that does not fit them is refused with a message that names the layer. What else a net
 * may contain is said at {@link Dl4jModel}.
 */
public final class GraphJson {
  private GraphJson() {}

  /**
   * Reads a net.
   *
   * @param owner a class of the plugin; the file lies beside it in the JAR
   * @param file the file's name, as {@link Class#getResourceAsStream} takes it
   * @return the net, new at every call; a {@code MultiLayerConfiguration} is returned as the graph
   *     with one layer after the other
   * @throws InvalidInputException if there is no such file, or it is not such a net
   */
  public static ComputationGraphConfiguration read(Class<?> owner, String file) {
    return parse(file, text(owner, file));
  }

  /** Reads a net from a text; the file's name is for messages. */
  static ComputationGraphConfiguration parse(String file, String json) {
    ComputationGraphConfiguration graph;
    try {
      graph = ComputationGraphConfiguration.fromJson(json);
    } catch (RuntimeException notAGraph) {
      throw unreadable(file, notAGraph);
    }
    // A stack of layers is read as a graph of nothing: DL4J passes over names that it does not
    // know.
    return graph.getVertices().isEmpty() ? stack(file, json) : graph;
  }

  private static ComputationGraphConfiguration stack(String file, String json) {
    if (!json.contains("\"confs\"")) {
      throw new InvalidInputException(
          file + " is JSON but holds no layers; write it with the configuration's toJson()");
    }
    try {
      return LayerStack.toGraph(MultiLayerConfiguration.fromJson(json));
    } catch (RuntimeException notAStack) {
      throw unreadable(file, notAStack);
    }
  }

  private static String text(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new InvalidInputException(
            "there is no file "
                + file
                + " beside "
                + owner.getName()
                + " in its JAR; put it into src/main/resources/"
                + owner.getPackageName().replace('.', '/')
                + "/");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static InvalidInputException unreadable(String file, RuntimeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new InvalidInputException(
        file
            + " is not a net as DL4J writes it with the configuration's toJson(): "
            + reason
            + "; write it anew, with DL4J 1.0.0-M2.1",
        failure);
  }
}
