package org.roundel.core.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.roundel.api.Options;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.ModelSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;

/**
 * The models that a model may ask for by name.
 *
 * @param registry where they are found
 * @param way the models that are being made, the run's own first, each asked for by the one before
 * @param made told of every model that is made
 */
record NamedModels(PluginRegistry registry, List<String> way, Consumer<Selected<ModelFactory>> made)
    implements ModelSource {

  @Override
  public Model create(
      String name, Map<String, String> options, int batchSize, ModelRequest asking) {
    List<String> longer = new ArrayList<>(way);
    longer.add(name);
    if (way.contains(name)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "model '"
              + name
              + "' would be made of itself: "
              + String.join(" -> ", longer)
              + "; give the first one another model inside");
    }
    Selected<ModelFactory> selected = registry.model(name);
    Options values = selected.options(options);
    ModelRequest request =
        new ModelRequest(name, asking.input(), asking.classes(), batchSize, values, asking.random())
            .with(new NamedModels(registry, List.copyOf(longer), made));
    ModelRequest wanted = asking.isForEvaluation() ? request.forEvaluation() : request;
    Model model = selected.create(factory -> factory.create(wanted));
    made.accept(selected);
    return model;
  }
}
