package org.roundel.core.plugin.load;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.Distribution;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentFinder;
import org.roundel.core.plugin.LoadedPlugin;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.plugin.failure.Explanation;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.failure.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins from a directory.
 *
 * <p>Each JAR, and each directory of JARs, is one plugin with a class loader of its own. A broken
 * plugin becomes a {@link PluginFailure} and a warning in the log; the others load. So does one
 * that hangs: each has five seconds to say what it offers.
 */
public final class PluginLoader {
  private static final Logger logger = LoggerFactory.getLogger(PluginLoader.class);

  /** How long one plugin may take to say what it offers; a whole one takes milliseconds. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private PluginLoader() {}

  /**
   * Loads every plugin in a directory, in the order of their file names.
   *
   * @param pluginsDirectory holds JARs and directories of JARs
   * @return what was found; the caller closes it when no component is in use any more
   * @throws RoundelException if there is no such directory, or it cannot be read
   */
  public static PluginRegistry load(Path pluginsDirectory) {
    return load(pluginsDirectory, LIMIT);
  }

  static PluginRegistry load(Path pluginsDirectory, Duration limit) {
    return loadAll(PluginFiles.locations(pluginsDirectory), limit);
  }

  /**
   * Loads one plugin, wherever it is.
   *
   * @param location a JAR, or a directory with the JARs of one plugin
   * @return what was found; the caller closes it when no component is in use any more
   * @throws RoundelException if there is no such file
   */
  public static PluginRegistry loadOne(Path location) {
    if (!Files.exists(location)) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          location + " does not exist; name a plugin's JAR, or the directory that holds its JARs");
    }
    return loadAll(List.of(location), LIMIT);
  }

  private static PluginRegistry loadAll(List<Path> locations, Duration limit) {
    ClassLoader application = application();
    pinLibraries(application);
    List<LoadedPlugin> plugins = new ArrayList<>();
    List<PluginFailure> failures = new ArrayList<>();
    for (Path location : locations) {
      try {
        LoadedPlugin plugin = load(location, application, limit, failures);
        if (plugin != null) {
          plugins.add(plugin);
        }
      } catch (PluginFault fault) {
        failures.add(fault.failure());
      } catch (Throwable thrown) {
        // Whatever it is, an exhausted heap too: the other plugins are not to blame.
        failures.add(unforeseen(location, thrown));
      }
    }
    PluginRegistry registry = new PluginRegistry(plugins, failures);
    for (PluginFailure failure : registry.failures()) {
      logger.warn("Plugin not loaded, or in part: {}", failure.message());
      if (failure.cause() != null) {
        logCause(failure);
      }
    }
    return registry;
  }

  /** An exception of a plugin may throw when it is printed; the other plugins are not to blame. */
  private static void logCause(PluginFailure failure) {
    try {
      logger.debug("What {} threw", failure.location(), failure.cause());
    } catch (Throwable again) {
      logger.debug("What {} threw cannot be shown", failure.location());
    }
  }

  /** Returns where the classes come from that plugins share with the program. */
  public static ClassLoader application() {
    return Objects.requireNonNull(
        PluginLoader.class.getClassLoader(), "not on the boot class path");
  }

  /**
   * ND4J, and libraries above it, load their backends through the context class loader that they
   * first saw. Were that a plugin's, every other plugin would depend on it, and closing it would
   * break them all.
   */
  private static void pinLibraries(ClassLoader application) {
    ND4JClassLoading.setNd4jClassloader(application);
    ThreadContextClassLoader context = ThreadContextClassLoader.of(application);
    try (context) {
      for (String name : Distribution.classesOfTheProgram()) {
        initialize(name, application);
      }
    }
  }

  private static void initialize(String className, ClassLoader application) {
    try {
      Class.forName(className, true, application);
    } catch (ClassNotFoundException absent) {
      logger.debug("{} is not on the application's class path", className);
    }
  }

  private static @Nullable LoadedPlugin load(
      Path location, ClassLoader application, Duration limit, List<PluginFailure> failures)
      throws PluginFault {
    List<JarFacts> jars = new ArrayList<>();
    for (Path jar : PluginFiles.jars(location)) {
      jars.add(JarInspector.inspect(jar));
    }
    List<JarFacts> entryJars = EntryPoints.require(location, jars);
    PluginClassLoader classLoader =
        new PluginClassLoader(
            PluginFiles.pluginName(location),
            urls(jars),
            application,
            SharedPackages.ofTheProgram());
    logger.debug("{} loads from {}", location, classLoader.getURLs());
    List<String> entryClasses = new ArrayList<>();
    for (JarFacts jar : entryJars) {
      entryClasses.addAll(Objects.requireNonNull(jar.providers()));
    }
    ComponentFinder finder;
    try {
      finder =
          EntryThread.run(
              location, classLoader, limit, () -> enter(location, classLoader, entryClasses));
    } catch (Throwable thrown) {
      close(classLoader, location);
      throw thrown;
    }
    failures.addAll(finder.failures());
    if (finder.components().isEmpty()) {
      close(classLoader, location);
      return null;
    }
    return LoadedPlugin.of(
        describe(location, jars, entryJars), entryClasses, classLoader, finder.components());
  }

  private static PluginFailure unforeseen(Path location, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return new PluginFailure(
          location,
          null,
          null,
          "memory ran out while it was loaded: " + thrown.getMessage(),
          thrown,
          "Give the Java heap more, as in ROUNDEL_OPTS=-Xmx2g; if that does not help, remove the"
              + " plugin and tell its author.");
    }
    Explanation explanation = Explanation.of(thrown);
    return new PluginFailure(
        location,
        null,
        null,
        "it could not be loaded: " + explanation.reason(),
        thrown,
        explanation.hint());
  }

  /** Asks a plugin what it offers; the only part of loading that runs the plugin's code. */
  private static ComponentFinder enter(
      Path location, ClassLoader classLoader, List<String> entryClasses) {
    ComponentFinder finder = new ComponentFinder(location);
    boolean entered = false;
    for (String className : entryClasses) {
      RoundelPlugin plugin = EntryPoints.create(classLoader, className, finder);
      if (plugin != null) {
        entered = true;
        finder.find(plugin);
      }
    }
    if (entered && finder.components().isEmpty() && finder.failures().isEmpty()) {
      finder.fail(
          null,
          null,
          "the plugin offers no component",
          "Override the method of RoundelPlugin for the kind of component that it has.");
    }
    return finder;
  }

  private static PluginDescriptor describe(
      Path location, List<JarFacts> jars, List<JarFacts> entryJars) {
    String version = entryJars.get(0).version();
    return new PluginDescriptor(
        PluginFiles.pluginName(location),
        version == null ? PluginDescriptor.NO_VERSION : version,
        RoundelPlugin.SPI_VERSION,
        location,
        jars.stream().map(JarFacts::path).toList(),
        List.of());
  }

  private static List<URL> urls(List<JarFacts> jars) {
    List<URL> urls = new ArrayList<>();
    for (JarFacts jar : jars) {
      try {
        urls.add(jar.path().toUri().toURL());
      } catch (MalformedURLException impossible) {
        throw new IllegalStateException("a file has a URL: " + jar.path(), impossible);
      }
    }
    return urls;
  }

  private static void close(PluginClassLoader classLoader, Path location) {
    try {
      classLoader.close();
    } catch (IOException failed) {
      logger.debug("The class loader of {} did not close", location, failed);
    }
  }
}
