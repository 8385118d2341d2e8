package org.roundel.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;

/**
 * A model factory whose net is a DL4J graph configuration. A plugin author writes three methods:
 *
 * <pre>{@code
 * public final class TinyNetFactory extends Dl4jModelFactory {
 *   public String name() {
 *     return "tiny-net";
 *   }
 *
 *   public String description() {
 *     return "One convolution and one linear layer.";
 *   }
 *
 *   protected ComputationGraphConfiguration configure(ModelRequest request) {
 *     return Layers.graph()
 *         .addLayer("conv1", Layers.convolution(16, 3, 1), "images")
 *         .addLayer("relu1", Layers.relu(), "conv1")
 *         .addLayer("linear", Layers.classifier(request.classes()), "relu1")
 *         .setOutputs("linear")
 *         .build();
 *   }
 * }
 * }</pre>
 *
 * <p>What a net may contain is said at {@link Dl4jModel}. Input sizes and {@code nIn} may be left
 * out of the configuration: they are inferred from the request.
 */
public abstract class Dl4jModelFactory implements ModelFactory {
  /** Which kernels run the net. */
  public static final Option<String> ENGINE =
      Option.choice(
          "engine",
          "dl4j-onednn",
          List.of("dl4j-onednn", "dl4j"),
          "what runs the net: DL4J with oneDNN kernels, or DL4J's own kernels (slow; the"
              + " reference).");

  /**
   * Returns the net's configuration, adapted to the request's input, classes and options.
   *
   * @throws InvalidInputException if the request asks for a net that there is not
   */
  protected abstract ComputationGraphConfiguration configure(ModelRequest request);

  /** Returns the options that the architecture adds to the toolkit's. */
  protected List<Option<?>> architectureOptions() {
    return List.of();
  }

  @Override
  public final List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(architectureOptions());
    all.add(ENGINE);
    return List.copyOf(all);
  }

  @Override
  public final Model create(ModelRequest request) {
    boolean oneDnn = request.options().get(ENGINE).equals("dl4j-onednn");
    try {
      return Dl4jModel.of(configure(request), request, DataType.FLOAT, oneDnn);
    } catch (InvalidInputException | DL4JInvalidConfigException invalid) {
      throw new InvalidInputException(
          "model '"
              + request.name()
              + "' cannot be made for images of "
              + request.input()
              + " and "
              + request.classes()
              + " classes: "
              + invalid.getMessage(),
          invalid);
    }
  }
}
