package org.roundel.core.plugin.load;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.ComponentFinder;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.failure.PluginFault;

/** Finds and creates the classes through which a plugin is entered. */
final class EntryPoints {
  private static final String VERSION_LINE =
      RoundelPlugin.SPI_VERSION_ATTRIBUTE + ": " + RoundelPlugin.SPI_VERSION;

  private EntryPoints() {}

  /** Returns those JARs of a plugin that name entry points; checks that they fit this program. */
  static List<JarFacts> require(Path location, List<JarFacts> jars) throws PluginFault {
    List<JarFacts> entryJars = new ArrayList<>();
    for (JarFacts jar : jars) {
      List<String> providers = jar.providers();
      if (providers == null) {
        continue;
      }
      if (providers.isEmpty()) {
        throw PluginFault.of(
            jar.path(),
            JarInspector.SERVICES_FILE + " names no class",
            null,
            "Write the name of the class that implements RoundelPlugin into it.");
      }
      requireVersion(jar, providers.get(0));
      entryJars.add(jar);
    }
    if (entryJars.isEmpty()) {
      throw PluginFault.of(
          location,
          String.format(
              Locale.ROOT,
              "%s file %s, so it is no Roundel plugin",
              jars.size() == 1 ? "the JAR has no" : "none of the " + jars.size() + " JARs has a",
              JarInspector.SERVICES_FILE),
          null,
          "Add that file with the name of the class that implements RoundelPlugin, or remove the"
              + " JAR.");
    }
    return entryJars;
  }

  private static void requireVersion(JarFacts jar, String firstProvider) throws PluginFault {
    String found = jar.spiVersion();
    if (found == null) {
      throw new PluginFault(
          new PluginFailure(
              jar.path(),
              firstProvider,
              null,
              "META-INF/MANIFEST.MF does not say for which version of the plugin interface it was"
                  + " built",
              null,
              "Add the line '" + VERSION_LINE + "' to the manifest."));
    }
    if (!found.strip().equals(Integer.toString(RoundelPlugin.SPI_VERSION))) {
      throw new PluginFault(
          new PluginFailure(
              jar.path(),
              firstProvider,
              null,
              String.format(
                  Locale.ROOT,
                  "it was built for version '%s' of the plugin interface, this is version %s",
                  found,
                  RoundelPlugin.SPI_VERSION),
              null,
              "Build it against this version of roundel-api with '"
                  + VERSION_LINE
                  + "' in its manifest, or get a release of it for this version."));
    }
  }

  /** Creates an entry point; if that fails, records why and returns null. */
  static @Nullable RoundelPlugin create(
      ClassLoader classLoader, String className, ComponentFinder finder) {
    Class<?> type;
    try {
      type = classLoader.loadClass(className);
    } catch (ClassNotFoundException missing) {
      finder.fail(
          className,
          null,
          JarInspector.SERVICES_FILE + " names class " + className + ", which is not in the JAR",
          "Correct the name, or build the JAR with the class in it.");
      return null;
    } catch (Throwable thrown) {
      finder.fail(className, null, "class " + className + " could not be loaded", thrown);
      return null;
    }
    if (!RoundelPlugin.class.isAssignableFrom(type)
        || type.isInterface()
        || Modifier.isAbstract(type.getModifiers())) {
      finder.fail(
          className,
          null,
          "class " + className + " is not a class that implements " + RoundelPlugin.class.getName(),
          "Implement that interface, or name another class in " + JarInspector.SERVICES_FILE + ".");
      return null;
    }
    try {
      return (RoundelPlugin) type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException inaccessible) {
      finder.fail(
          className,
          null,
          "class " + className + " is not public, or has no public constructor without arguments",
          "Make both public.");
      return null;
    } catch (Throwable thrown) {
      finder.fail(className, null, "class " + className + " could not be created", thrown);
      return null;
    }
  }
}
