package org.roundel.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.core.plugin.failure.PluginFailure;

/** Factories whose names and options are what matters; they create nothing. */
final class TestComponents {
  static final Option<Double> DELTA = Option.positive("delta", 0.5, 1, "Step of the grid.");
  static final Option<String> ROUNDING =
      Option.choice("rounding", "nearest", List.of("nearest", "stochastic"), "How to round.");
  static final Option<Integer> DEPTH =
      Option.stepped("depth", 20, 8, 1202, 6, 2, "Weighted layers.");
  static final Option<Integer> WIDTH = Option.integer("width", 2, 1, 64, "Width factor.");
  static final Option<Boolean> BIAS = Option.flag("bias", false, "Whether to add biases.");

  private TestComponents() {}

  /** A plugin like those of the distribution. */
  static RoundelPlugin usual() {
    return plugin(
        List.of(
            quantizer("stochastic-rounding", DELTA, ROUNDING),
            quantizer("deterministic-rounding"),
            quantizer("binary-connect")),
        List.of(
            model("resnet", List.of(DEPTH)),
            model("wrn", List.of(DEPTH, WIDTH)),
            model("resnet-18", List.of()),
            model("vgg-9", List.of())));
  }

  static RoundelPlugin plugin(List<QuantizerFactory> quantizers, List<ModelFactory> models) {
    return new RoundelPlugin() {
      @Override
      public List<QuantizerFactory> quantizers() {
        return quantizers;
      }

      @Override
      public List<ModelFactory> models() {
        return models;
      }
    };
  }

  static QuantizerFactory quantizer(String name, Option<?>... options) {
    return new QuantizerFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return "For tests.";
      }

      @Override
      public List<Option<?>> options() {
        return List.of(options);
      }

      @Override
      public Quantizer create(Options values) {
        throw new IllegalStateException("not made to be created");
      }
    };
  }

  static ModelFactory model(String name, List<Option<Integer>> nameOptions) {
    return new ModelFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return "For tests.";
      }

      @Override
      public List<Option<?>> options() {
        return List.of(BIAS);
      }

      @Override
      public List<Option<Integer>> nameOptions() {
        return nameOptions;
      }

      @Override
      public Model create(ModelRequest request) {
        throw new IllegalStateException("not made to be created");
      }
    };
  }

  static PluginFailure failure(String location, String what) {
    return new PluginFailure(Path.of(location), null, null, what, null, "Mend it.");
  }

  static ComponentIndex index(List<PluginFailure> failures) {
    return new ComponentIndex(
        new ArrayList<>(PluginRegistry.of(usual()).components()), failures, List.of());
  }
}
