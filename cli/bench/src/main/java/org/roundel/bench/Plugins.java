package org.roundel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.roundel.api.ComponentFactory;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** Makes components of the plugins on the class path, by name. */
final class Plugins {
  private Plugins() {}

  /**
   * Makes a net for a batch of images.
   *
   * @param name as in {@code wrn-56-2}: a factory's name, or a family's with its numbers
   * @param options values by option name, where they differ from the default
   */
  static Model model(String name, Map<String, String> options, Images images, long seed) {
    Map<String, String> given = new HashMap<>(options);
    ModelFactory factory = find(RoundelPlugin::models, name).orElseGet(() -> family(name, given));
    List<Option<?>> declared = new ArrayList<>(factory.options());
    declared.addAll(factory.nameOptions());
    return factory.create(
        new ModelRequest(
            name,
            images.shape(),
            Images.CLASSES,
            images.count(),
            Options.of(declared, given),
            RandomSource.of(seed, RandomPurpose.INITIALIZE, 0)));
  }

  static Quantizer quantizer(String name, Map<String, String> options) {
    QuantizerFactory factory =
        find(RoundelPlugin::quantizers, name).orElseThrow(() -> unknown("quantizer", name));
    return factory.create(Options.of(factory.options(), options));
  }

  static Optimizer optimizer(String name) {
    OptimizerFactory factory =
        find(RoundelPlugin::optimizers, name).orElseThrow(() -> unknown("optimizer", name));
    return factory.create(Options.defaults(factory.options()));
  }

  static Exporter exporter(String name) {
    ExporterFactory factory =
        find(RoundelPlugin::exporters, name).orElseThrow(() -> unknown("exporter", name));
    return factory.create(Options.defaults(factory.options()));
  }

  static Inference inference(String name, ShippedNet net) {
    InferenceFactory factory =
        find(RoundelPlugin::inferences, name).orElseThrow(() -> unknown("inference", name));
    return factory.create(net, Options.defaults(factory.options()));
  }

  /** Returns the family that {@code wrn-56-2} is of, and gives its options the numbers. */
  private static ModelFactory family(String name, Map<String, String> given) {
    int dash = name.indexOf('-');
    String[] numbers = name.substring(dash + 1).split("-");
    ModelFactory family =
        find(RoundelPlugin::models, name.substring(0, Math.max(dash, 0)))
            .filter(factory -> factory.nameOptions().size() == numbers.length)
            .orElseThrow(() -> unknown("model", name));
    for (int index = 0; index < numbers.length; index++) {
      given.put(family.nameOptions().get(index).name(), numbers[index]);
    }
    return family;
  }

  private static <F extends ComponentFactory> Optional<F> find(
      Function<RoundelPlugin, List<F>> kind, String name) {
    return ServiceLoader.load(RoundelPlugin.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(plugin -> kind.apply(plugin).stream())
        .filter(factory -> factory.name().equals(name))
        .findFirst();
  }

  private static InvalidInputException unknown(String kind, String name) {
    return new InvalidInputException("there is no " + kind + " '" + name + "' on the class path");
  }
}
