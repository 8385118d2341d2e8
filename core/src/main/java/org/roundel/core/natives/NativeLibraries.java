package org.roundel.core.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * The native libraries that nets run on, in one directory that an installation carries.
 *
 * <p>JavaCPP loads them from there as they are. It would else unpack them into a cache that all
 * JavaCPP programs of a user share, and in which these delete and replace what others have mapped.
 */
public final class NativeLibraries {
  /** JavaCPP's system property for where libraries lie. */
  public static final String DIRECTORY = "org.bytedeco.javacpp.platform.linkpath";

  /** Lines of "NAME : BYTES", one for each library, written by the build. */
  private static final String SIZES = "sizes.txt";

  private static final String SEPARATOR = " : ";

  private static final String INSTALL_AGAIN = "; install Roundel again";

  private NativeLibraries() {}

  /** Returns where they are; empty if nobody said, and JavaCPP looks for them by itself. */
  public static Optional<Path> directory() {
    String directory = System.getProperty(DIRECTORY, "");
    return directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory));
  }

  /**
   * Loads them, so that what is in the way is said before anything else is done. Quick when they
   * are loaded already.
   *
   * @throws RoundelException if they cannot be used; the message says where, why and what to do
   */
  public static void load() {
    Optional<Path> directory = directory();
    directory.ifPresent(NativeLibraries::requireWhole);
    try {
      // By itself: ND4J logs why it has no backend, and throws something that does not say.
      Loader.load(Class.forName("org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu"));
      Nd4j.getBackend();
    } catch (ClassNotFoundException otherBackend) {
      Nd4j.getBackend();
    } catch (LinkageError unusable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION, LoadFailure.message(directory, unusable), unusable);
    }
  }

  /** A library that was cut short would not fail to load: it would kill the process. */
  static void requireWhole(Path directory) {
    Path sizes = directory.resolve(SIZES);
    try {
      requireReadable(sizes);
      for (String line : Files.readAllLines(sizes)) {
        int end = line.indexOf(SEPARATOR);
        if (end > 0) {
          Path library = directory.resolve(line.substring(0, end));
          requireReadable(library);
          requireSize(library, line.substring(end + SEPARATOR.length()).strip());
        }
      }
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the native libraries in " + directory + " cannot be read: " + unreadable + INSTALL_AGAIN,
          unreadable);
    }
  }

  private static void requireReadable(Path file) {
    if (Files.notExists(file)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the installation is not whole: there is no " + file + INSTALL_AGAIN);
    }
    if (!Files.isReadable(file)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "this user may not read " + file + "; make the installation readable for all who use it");
    }
  }

  private static void requireSize(Path library, String bytes) throws IOException {
    long found = Files.size(library);
    if (!Long.toString(found).equals(bytes)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the installation is not whole: %s has %s bytes of %s, as when a disk was full%s",
              library,
              found,
              bytes,
              INSTALL_AGAIN));
    }
  }
}
