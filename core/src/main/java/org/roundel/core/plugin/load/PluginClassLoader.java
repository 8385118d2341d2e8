package org.roundel.core.plugin.load;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.api.RoundelPlugin;

/**
 * The class loader of one plugin: it sees the JDK, the shared packages of the application, and the
 * plugin's own JARs; nothing of the core, and nothing of another plugin.
 *
 * <p>Shared packages come from the application first, because a class that plugin and core exchange
 * must be one class, and native code loads once per JVM. A shared class that the application lacks
 * may come from the plugin's own JARs.
 */
public final class PluginClassLoader extends URLClassLoader {
  /** Packages that plugins share with the application; documented for plugin authors. */
  static final List<String> SHARED_PREFIXES =
      List.of(
          "org.roundel.api.",
          "org.roundel.dl4j.",
          "org.roundel.onednn.",
          "org.nd4j.",
          "org.deeplearning4j.",
          "org.bytedeco.",
          "org.slf4j.",
          "org.jspecify.");

  private static final String SERVICES = "META-INF/services/";
  private static final String OWN_SERVICE = SERVICES + RoundelPlugin.class.getName();

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;

  /**
   * Makes the class loader of a plugin.
   *
   * @param name the plugin's name, for stack traces
   * @param jars the plugin's own JARs, in the order in which they are searched
   * @param application where shared packages come from
   */
  PluginClassLoader(String name, List<URL> jars, ClassLoader application) {
    super(name, jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    this.application = application;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isShared(name)) {
      try {
        return application.loadClass(name);
      } catch (ClassNotFoundException notInApplication) {
        return super.loadClass(name, resolve);
      }
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL shared = isSharedResource(name) ? application.getResource(name) : null;
    if (shared != null) {
      return shared;
    }
    return name.equals(OWN_SERVICE) ? findResource(name) : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (name.equals(OWN_SERVICE)) {
      return findResources(name);
    }
    if (!isSharedResource(name)) {
      return super.getResources(name);
    }
    Set<String> seen = new HashSet<>();
    List<URL> found = new ArrayList<>();
    for (URL url : Collections.list(application.getResources(name))) {
      if (seen.add(url.toString())) {
        found.add(url);
      }
    }
    for (URL url : Collections.list(super.getResources(name))) {
      if (seen.add(url.toString())) {
        found.add(url);
      }
    }
    return Collections.enumeration(found);
  }

  /** Returns whether a class is the plugin's own and is loaded. */
  boolean hasLoaded(String className) {
    Class<?> known = findLoadedClass(className);
    return known != null && known.getClassLoader() == this;
  }

  /** A file of a shared package, or the list of a shared service's providers (ND4J's backends). */
  private static boolean isSharedResource(String name) {
    if (name.equals(OWN_SERVICE)) {
      return false;
    }
    String path = name.startsWith(SERVICES) ? name.substring(SERVICES.length()) : name;
    return isShared(path.replace('/', '.'));
  }

  private static boolean isShared(String className) {
    return sharedPrefix(className) != null;
  }

  /** Returns the shared prefix that a class's name begins with, or null if it has none. */
  public static @Nullable String sharedPrefix(String className) {
    for (String prefix : SHARED_PREFIXES) {
      if (className.startsWith(prefix)) {
        return prefix;
      }
    }
    return null;
  }
}
