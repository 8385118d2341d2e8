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
 * plugin's own JARs; nothing of the core, and nothing of another plugin. Files that a JAR's
 * manifest names by {@code Class-Path} are none of its own: nobody has inspected, hashed or locked
 * them.
 *
 * <p>Shared packages come from the application first, because a class that plugin and core exchange
 * must be one class, and native code loads once per JVM. A shared class that the application lacks
 * may come from the plugin's own JARs.
 */
public final class PluginClassLoader extends URLClassLoader {
  private static final String SERVICES = "META-INF/services/";
  private static final String OWN_SERVICE = SERVICES + RoundelPlugin.class.getName();

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;
  private final SharedPackages shared;

  /** What the address of a file in one of the plugin's own JARs begins with. */
  private final List<String> own;

  /**
   * Makes the class loader of a plugin.
   *
   * @param name the plugin's name, for stack traces
   * @param jars the plugin's own JARs, in the order in which they are searched
   * @param application where shared packages come from
   * @param shared what comes from there
   */
  PluginClassLoader(String name, List<URL> jars, ClassLoader application, SharedPackages shared) {
    super(name, jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    this.application = application;
    this.shared = shared;
    this.own = jars.stream().map(jar -> "jar:" + jar + "!/").toList();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (shared.include(name)) {
      try {
        return application.loadClass(name);
      } catch (ClassNotFoundException notInApplication) {
        return super.loadClass(name, resolve);
      }
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!isOwn(super.findResource(name.replace('.', '/') + ".class"))) {
      throw new ClassNotFoundException(name);
    }
    return super.findClass(name);
  }

  @Override
  public @Nullable URL findResource(String name) {
    URL found = super.findResource(name);
    return isOwn(found) ? found : null;
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    return Collections.enumeration(
        Collections.list(super.findResources(name)).stream().filter(this::isOwn).toList());
  }

  private boolean isOwn(@Nullable URL file) {
    return file != null && own.stream().anyMatch(file.toString()::startsWith);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL ofApplication = isSharedResource(name) ? application.getResource(name) : null;
    if (ofApplication != null) {
      return ofApplication;
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
  private boolean isSharedResource(String name) {
    if (name.equals(OWN_SERVICE)) {
      return false;
    }
    String path = name.startsWith(SERVICES) ? name.substring(SERVICES.length()) : name;
    return shared.include(path.replace('/', '.'));
  }
}
