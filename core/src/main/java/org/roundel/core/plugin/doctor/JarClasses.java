package org.roundel.core.plugin.doctor;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.roundel.core.plugin.failure.Explanation;
import org.roundel.core.plugin.load.SharedPackages;

/**
 * What the class files in a JAR say of themselves, read without loading one.
 *
 * @param javaVersion the oldest Java that can load all of them; 0 if there is none
 * @param newest the name of a class that needs that Java; null if there is none
 * @param hidden how many of them are never loaded, because the program has a class of that name, by
 *     shared prefix
 */
record JarClasses(int javaVersion, @Nullable String newest, Map<String, Integer> hidden) {
  private static final String CLASS_SUFFIX = ".class";
  private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;

  /** Other versions of classes, and module descriptors, which a plugin's class loader ignores. */
  private static final String NOT_FOR_EVERY_JAVA = "META-INF/";

  private static final String MODULE = "module-info";

  static JarClasses of(Path jar, ClassLoader application, SharedPackages shared)
      throws IOException {
    int newestVersion = 0;
    String newest = null;
    Map<String, Integer> hidden = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String file = entry.getName();
        if (!file.endsWith(CLASS_SUFFIX)
            || file.startsWith(NOT_FOR_EVERY_JAVA)
            || file.endsWith(MODULE + CLASS_SUFFIX)) {
          continue;
        }
        String path = file.substring(0, file.length() - CLASS_SUFFIX.length());
        String className = path.replace('/', '.');
        int version = javaVersion(zip, entry);
        if (version > newestVersion) {
          newestVersion = version;
          newest = className;
        }
        String prefix = shared.prefixOf(className);
        if (prefix != null && application.getResource(file) != null) {
          hidden.merge(prefix, 1, Integer::sum);
        }
      }
    } catch (IllegalArgumentException name) {
      throw (ZipException) new ZipException(String.valueOf(name.getMessage())).initCause(name);
    }
    return new JarClasses(newestVersion, newest, hidden);
  }

  /** Returns 0 if it is no class file, which loading it will say. */
  private static int javaVersion(ZipFile zip, ZipEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
      if (entry.getSize() < 2 * Integer.BYTES || in.readInt() != CLASS_FILE_MAGIC) {
        return 0;
      }
      in.readUnsignedShort();
      return Explanation.javaVersion(in.readUnsignedShort());
    }
  }
}
