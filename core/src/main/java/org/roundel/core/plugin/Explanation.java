package org.roundel.core.plugin;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.RoundelPlugin;

/**
 * What an exception out of a plugin means for the user.
 *
 * @param reason what went wrong, to follow a colon
 * @param hint what to do, in whole sentences
 */
record Explanation(String reason, String hint) {
  private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");
  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$/.]+");

  /** Class files of Java n have the version n + 44. */
  private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

  private static final String REBUILD = "Build the plugin again with this version of Roundel.";

  /** Returns whether the plugin is to blame, and not an exhausted or broken JVM. */
  static boolean blamesPlugin(Throwable thrown) {
    return !(thrown instanceof VirtualMachineError) || thrown instanceof StackOverflowError;
  }

  /** Explains what a plugin's code, or the loading of its classes, threw. */
  static Explanation of(Throwable thrown) {
    Throwable cause = rootOfWrappers(thrown);
    if (cause instanceof UnsupportedClassVersionError tooNew) {
      return newerJava(tooNew);
    }
    if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
      return missingClass(cause);
    }
    if (cause instanceof ClassFormatError) {
      return new Explanation(
          describe(cause), "The class file is damaged: build the plugin again and copy the JAR.");
    }
    if (cause instanceof LinkageError) {
      return new Explanation(
          describe(cause), "It was built against other versions of its libraries. " + REBUILD);
    }
    return new Explanation(describe(cause), "This is a fault of the plugin: tell its author.");
  }

  /** Explains what reading or writing a file threw, in one or two sentences. */
  static String ofFile(Exception thrown) {
    Throwable cause = thrown;
    if (thrown instanceof UncheckedIOException && thrown.getCause() != null) {
      cause = thrown.getCause();
    }
    String check = ". Check the path and the disk.";
    if (cause instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile() + check;
    }
    if (cause instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile() + check;
    }
    return describe(cause) + check;
  }

  /** Returns the exception's class and message. */
  static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    String type = thrown.getClass().getName();
    return message == null || message.isBlank() ? type : type + ": " + message.strip();
  }

  private static Throwable rootOfWrappers(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Explanation newerJava(UnsupportedClassVersionError tooNew) {
    int running = Runtime.version().feature();
    Matcher version = CLASS_FILE_VERSION.matcher(String.valueOf(tooNew.getMessage()));
    int needed =
        version.find() ? Integer.parseInt(version.group(1)) - CLASS_FILE_VERSION_OF_JAVA_0 : 0;
    String found = needed > 0 ? "Java " + needed : "a newer Java";
    return new Explanation(
        "it is compiled for " + found + ", this is Java " + running,
        "Run Roundel on that Java, or build the plugin with --release " + running + ".");
  }

  private static Explanation missingClass(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (!CLASS_NAME.matcher(message).matches()) {
      // "Could not initialize class …" and the like: not a matter of what is on the path.
      return new Explanation(describe(cause), "This is a fault of the plugin: tell its author.");
    }
    String missing = message.replace('/', '.');
    String reason = "it needs class " + missing + ", which it cannot see";
    if (missing.startsWith(RoundelPlugin.class.getPackageName() + ".")) {
      return new Explanation(reason, "It was built for another version of Roundel. " + REBUILD);
    }
    if (missing.startsWith("org.roundel.")) {
      return new Explanation(
          reason,
          "A plugin sees the Roundel API, ND4J, DL4J and its own JARs, and nothing else of Roundel"
              + " or of other plugins: do without that class.");
    }
    return new Explanation(
        reason,
        "If it is in a library, make the plugin a directory in the plugins directory that holds its"
            + " JAR and the library's.");
  }
}
