package org.roundel.core.plugin;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.roundel.api.ComponentFactory;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that were found, and the components that they offer, by kind and name.
 *
 * <p>Immutable and safe to share between threads. Closing it closes the plugins' class loaders;
 * after that no component of a plugin may be used.
 */
public final class PluginRegistry implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(PluginRegistry.class);

  private final List<PluginDescriptor> plugins;
  private final List<PluginFailure> failures;
  private final List<PluginFailure> loadFailures;
  private final List<PluginClash> clashes;
  private final Map<PluginDescriptor, LoadedPlugin> loaded = new LinkedHashMap<>();
  private final ComponentIndex index;

  public PluginRegistry(List<LoadedPlugin> plugins, List<PluginFailure> loadFailures) {
    List<PluginClash> versions = PluginClash.ofVersions(plugins);
    List<PluginDescriptor> descriptors = new ArrayList<>();
    List<ComponentDescriptor> offered = new ArrayList<>();
    for (LoadedPlugin plugin : plugins) {
      descriptors.add(plugin.descriptor());
      offered.addAll(plugin.components());
      loaded.put(plugin.descriptor(), plugin);
    }
    for (PluginClash clash : versions) {
      descriptors.removeAll(clash.plugins());
    }
    this.index = new ComponentIndex(offered, loadFailures, versions);
    List<PluginClash> allClashes = new ArrayList<>(versions);
    allClashes.addAll(index.clashes());
    List<PluginFailure> all = new ArrayList<>(loadFailures);
    allClashes.forEach(clash -> all.add(clash.failure()));
    this.plugins = List.copyOf(descriptors);
    this.loadFailures = List.copyOf(loadFailures);
    this.clashes = List.copyOf(allClashes);
    this.failures = List.copyOf(all);
  }

  /**
   * Makes a registry of plugins that are classes of the application itself, for embedding and for
   * tests.
   */
  public static PluginRegistry of(RoundelPlugin... plugins) {
    List<LoadedPlugin> loaded = new ArrayList<>();
    List<PluginFailure> failures = new ArrayList<>();
    for (RoundelPlugin plugin : plugins) {
      Class<?> type = plugin.getClass();
      ComponentFinder finder = new ComponentFinder(origin(type));
      finder.find(plugin);
      failures.addAll(finder.failures());
      PluginDescriptor descriptor =
          new PluginDescriptor(
              type.getName(),
              PluginDescriptor.NO_VERSION,
              RoundelPlugin.SPI_VERSION,
              origin(type),
              List.of(),
              List.of());
      ClassLoader classLoader = Objects.requireNonNull(type.getClassLoader());
      loaded.add(LoadedPlugin.of(descriptor, List.of(), classLoader, finder.components()));
    }
    return new PluginRegistry(loaded, failures);
  }

  private static Path origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    // A class that a shell made, or of a JAR within the program's own, is in no file of its own.
    if (location == null || !location.getProtocol().equals("file")) {
      return Path.of(type.getName());
    }
    // As a URI: in a URL's path a blank is %20.
    return Path.of(URI.create(location.toString()));
  }

  /**
   * Returns the plugins that offer at least one component and are there in one version, in the
   * order of their file names.
   */
  public List<PluginDescriptor> plugins() {
    return plugins;
  }

  /** Returns what could not be loaded, plugins in two versions, and names offered twice. */
  public List<PluginFailure> failures() {
    return failures;
  }

  /** Returns what could not be loaded. */
  public List<PluginFailure> loadFailures() {
    return loadFailures;
  }

  /** Returns the plugins in two versions, and the names that are offered more than once. */
  public List<PluginClash> clashes() {
    return clashes;
  }

  /** Returns all plugins that offer at least one component, those in two versions too. */
  public List<PluginDescriptor> loaded() {
    return List.copyOf(loaded.keySet());
  }

  /** Returns the components that can be selected, sorted by kind and name. */
  public List<ComponentDescriptor> components() {
    return index.selectable();
  }

  /**
   * Selects a component.
   *
   * @param kind its kind
   * @param name its name; of a family, the name with its numbers, as in {@code net-56}
   * @throws RoundelException of kind CONFIGURATION if there is none of that name, of kind PLUGIN if
   *     the plugin that seems to offer it is broken, or two offer it; the message says what there
   *     is
   */
  public Selected<? extends ComponentFactory> find(ComponentKind kind, String name) {
    return find(kind, ComponentFactory.class, name);
  }

  /**
   * Returns whether a name has the form of a family's members, as {@code net-21} has, whether or
   * not there is such a member.
   */
  public boolean isOfFamily(ComponentKind kind, String name) {
    return index.isOfFamily(kind, name);
  }

  /** Returns names that can be selected and that a wanted one is to be compared with. */
  public List<String> namesLike(String wanted) {
    return UnknownComponent.names(wanted, index.selectable());
  }

  /** Selects a quantizer, as {@link #find(ComponentKind, String)} does. */
  public Selected<QuantizerFactory> quantizer(String name) {
    return find(ComponentKind.QUANTIZER, QuantizerFactory.class, name);
  }

  /** Selects an optimizer, as {@link #find(ComponentKind, String)} does. */
  public Selected<OptimizerFactory> optimizer(String name) {
    return find(ComponentKind.OPTIMIZER, OptimizerFactory.class, name);
  }

  /** Selects a learning-rate schedule, as {@link #find(ComponentKind, String)} does. */
  public Selected<LearningRateScheduleFactory> schedule(String name) {
    return find(ComponentKind.SCHEDULE, LearningRateScheduleFactory.class, name);
  }

  /** Selects a model, as {@link #find(ComponentKind, String)} does. */
  public Selected<ModelFactory> model(String name) {
    return find(ComponentKind.MODEL, ModelFactory.class, name);
  }

  /** Selects a dataset, as {@link #find(ComponentKind, String)} does. */
  public Selected<DatasetFactory> dataset(String name) {
    return find(ComponentKind.DATASET, DatasetFactory.class, name);
  }

  /** Selects an exporter, as {@link #find(ComponentKind, String)} does. */
  public Selected<ExporterFactory> exporter(String name) {
    return find(ComponentKind.EXPORTER, ExporterFactory.class, name);
  }

  /** Selects an inference, as {@link #find(ComponentKind, String)} does. */
  public Selected<InferenceFactory> inference(String name) {
    return find(ComponentKind.INFERENCE, InferenceFactory.class, name);
  }

  private <F extends ComponentFactory> Selected<F> find(
      ComponentKind kind, Class<F> type, String name) {
    ComponentIndex.Match match = index.find(kind, name);
    ComponentDescriptor component = match.component();
    return new Selected<>(
        name,
        component,
        type.cast(component.factory()),
        match.nameValues(),
        Objects.requireNonNull(loaded.get(component.plugin())).classLoader());
  }

  /** Closes the plugins' class loaders. */
  @Override
  public void close() {
    for (LoadedPlugin plugin : loaded.values()) {
      try {
        plugin.close();
      } catch (IOException failed) {
        logger.warn("The files of plugin {} stay open", plugin.descriptor().location(), failed);
      }
    }
  }
}
