package org.roundel.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;

/**
 * A model factory whose net is a DL4J graph configuration. For a net without options of its own
 * {@link #of} is enough. Else a plugin author writes three methods:
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
  /** What runs the net. */
  public static final Option<String> ENGINE =
      Option.choice(
          "engine",
          Engine.AUTO.word(),
          Engine.words(),
          "what runs the net: a program compiled to oneDNN, or DL4J (slow; the reference); auto"
              + " compiles what it can");

  /** How images lie in the memory of a compiled program. */
  public static final Option<String> LAYOUT =
      Option.choice(
          "layout",
          "auto",
          List.of("auto", "channels-last", "blocked"),
          "how images lie in a compiled program's memory; weights differ in the last bits between"
              + " layouts");

  /** How convolutions are computed. */
  public static final Option<String> CONVOLUTION =
      Option.choice(
          "convolution",
          "auto",
          List.of("auto", "direct", "winograd"),
          "how a compiled program's convolutions are computed; auto takes Winograd's filtering where"
              + " it is faster; weights differ in the last bits");

  /**
   * Returns a factory of a net without options of its own.
   *
   * @param name the model's name; it matches {@link org.roundel.api.ComponentFactory#NAME_PATTERN}
   * @param description one line of help
   * @param net returns the net's configuration, as {@link #configure} does; called from any thread
   */
  public static Dl4jModelFactory of(
      String name, String description, Function<ModelRequest, ComputationGraphConfiguration> net) {
    return new Dl4jModelFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return description;
      }

      @Override
      protected ComputationGraphConfiguration configure(ModelRequest request) {
        return net.apply(request);
      }
    };
  }

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
    all.add(LAYOUT);
    all.add(CONVOLUTION);
    return List.copyOf(all);
  }

  @Override
  public final Model create(ModelRequest request) {
    Engine engine = Engine.of(request.options().get(ENGINE));
    Layout layout =
        switch (request.options().get(LAYOUT)) {
          case "channels-last" -> Layout.CHANNELS_LAST;
          case "blocked" -> Layout.BLOCKED;
          default -> null;
        };
    ConvolutionMethod convolution =
        ConvolutionMethod.valueOf(request.options().get(CONVOLUTION).toUpperCase(Locale.ROOT));
    try {
      return Dl4jModel.of(configure(request), request, engine, new Wishes(layout, convolution));
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
