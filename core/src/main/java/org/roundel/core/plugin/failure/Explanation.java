package org.roundel.core.plugin.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.Distribution;

/**
 * What an exception out of a plugin means for the user.
 *
 * @param reason what went wrong, to follow a colon
 * @param hint what to do, in whole sentences
 */
public record Explanation(String reason, String hint) {
  private static final Pattern CLASS_FILE_VERSION =
      Pattern.compile("class file version (\\d{1,5})");
  private static final Pattern NO_LIBRARY = Pattern.compile("no (\\S+) in java\\.library\\.path");
  private static final Pattern NO_LIBRARY_FILE = Pattern.compile("Can't load library: (.+)");
  private static final Pattern COMPILED_CLASS = Pattern.compile("(\\S+) has been compiled");
  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$/.]+");

  /** What a plugin throws may say anything, at any length. */
  private static final int LONGEST_MESSAGE = 2000;

  /** Class files of Java n have the version n + 44. */
  private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

  private static final Set<Class<?>> PLAIN =
      Set.of(IOException.class, FileNotFoundException.class, FileSystemException.class);

  private static final String REBUILD = "Build the plugin again with this version of Roundel.";

  /** A chain of causes that is longer leads in a circle. */
  private static final int MOST_CAUSES = 100;

  /**
   * Returns what says that the JVM is exhausted or broken, for which no plugin is to blame, however
   * deep in the chain of causes; null if nothing does.
   */
  public static @Nullable VirtualMachineError exhaustion(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
        return error;
      }
      cause = cause(cause);
    }
    return null;
  }

  /** Explains what a plugin's code, or the loading of its classes, threw. */
  public static Explanation of(Throwable thrown) {
    Explanation environment = EnvironmentFault.in(thrown);
    if (environment != null) {
      return environment;
    }
    Throwable cause = rootOfWrappers(thrown);
    if (cause instanceof UnsupportedClassVersionError tooNew) {
      return newerJava(tooNew);
    }
    if (cause instanceof UnsatisfiedLinkError unlinked) {
      return missingLibrary(unlinked);
    }
    if (cause instanceof NoClassDefFoundError
        && cause(cause) instanceof ExceptionInInitializerError first) {
      return notInitialized(cause, first);
    }
    if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
      return missingClass(cause);
    }
    if (cause instanceof ClassFormatError) {
      return damagedClass(cause);
    }
    if (cause instanceof LinkageError) {
      return new Explanation(
          describe(cause), "It was built against other versions of its libraries. " + REBUILD);
    }
    return new Explanation(describe(cause), "This is a fault of the plugin: tell its author.");
  }

  /** Explains what reading or writing a file threw. */
  static Explanation ofFile(IOException cause) {
    String hint = "Check the path and the disk.";
    if (cause instanceof NoSuchFileException missing) {
      return new Explanation("there is no file " + missing.getFile(), hint);
    }
    if (cause instanceof AccessDeniedException denied) {
      return new Explanation("permission denied for " + denied.getFile(), hint);
    }
    // The name of the class says nothing more.
    boolean plain = PLAIN.contains(cause.getClass()) && !message(cause).isBlank();
    return new Explanation(plain ? message(cause).strip() : describe(cause), hint);
  }

  /** Returns the exception's class and message. */
  static String describe(Throwable thrown) {
    String message = message(thrown).strip();
    String type = thrown.getClass().getName();
    return message.isEmpty() ? type : type + ": " + message;
  }

  /** Returns what an exception says, cut where it has no end; one of a plugin may throw itself. */
  private static String message(Throwable thrown) {
    String message;
    try {
      message = thrown.getMessage();
    } catch (Throwable again) {
      return "";
    }
    if (message == null) {
      return "";
    }
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  /** Returns what is behind an exception, or null; one of a plugin may throw instead of saying. */
  static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable again) {
      return null;
    }
  }

  private static Throwable rootOfWrappers(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; depth < MOST_CAUSES; depth++) {
      Throwable cause = cause(root);
      if (cause == null
          || !(root instanceof InvocationTargetException
              || root instanceof ExceptionInInitializerError)) {
        break;
      }
      root = cause;
    }
    return root;
  }

  private static Explanation damagedClass(Throwable cause) {
    return new Explanation(
        describe(cause), "The class file is damaged: build the plugin again and copy the JAR.");
  }

  private static Explanation newerJava(UnsupportedClassVersionError tooNew) {
    int running = Runtime.version().feature();
    String message = message(tooNew);
    if (message.contains("review features")) {
      return new Explanation(describe(tooNew), "Build the plugin without --enable-preview.");
    }
    if (message.contains("was compiled with an invalid ")) {
      return damagedClass(tooNew);
    }
    Matcher version = CLASS_FILE_VERSION.matcher(message);
    int needed = version.find() ? javaVersion(Integer.parseInt(version.group(1))) : 0;
    String found = needed > 0 ? "Java " + needed : "a newer Java";
    Matcher name = COMPILED_CLASS.matcher(message);
    String which = name.find() ? name.group(1).replace('/', '.') : "a class of it";
    return new Explanation(
        which + " is compiled for " + found + ", this is Java " + running,
        "Run Roundel on that Java, or build the plugin with --release " + running + ".");
  }

  /** Returns the Java that class files of this version are compiled for. */
  public static int javaVersion(int classFileVersion) {
    return classFileVersion - CLASS_FILE_VERSION_OF_JAVA_0;
  }

  private static Explanation missingLibrary(UnsatisfiedLinkError unlinked) {
    String message = message(unlinked);
    Matcher byName = NO_LIBRARY.matcher(message);
    if (byName.find()) {
      return noLibrary(byName.group(1));
    }
    Matcher byFile = NO_LIBRARY_FILE.matcher(message);
    if (byFile.find()) {
      return new Explanation(
          "it needs the native library " + byFile.group(1) + ", and there is no such file",
          "Install that library at this place, or ask the plugin's author where it is to be had.");
    }
    return new Explanation(
        "a native library, or a function of it, cannot be used: " + describe(unlinked),
        "Install the release of the library that the plugin was built for, for this operating"
            + " system and processor.");
  }

  private static Explanation noLibrary(String name) {
    return new Explanation(
        String.format(
            Locale.ROOT,
            "it needs the native library '%s', and no directory of java.library.path has %s",
            name,
            System.mapLibraryName(name)),
        "Install that library, and say in which directory it is:"
            + " ROUNDEL_OPTS=-Djava.library.path=DIRECTORY roundel ...");
  }

  /** The class was asked for before; what went wrong then is known to the JVM as text only. */
  private static Explanation notInitialized(Throwable cause, ExceptionInInitializerError first) {
    String why = message(first);
    Matcher library = NO_LIBRARY.matcher(why);
    if (library.find()) {
      return noLibrary(library.group(1));
    }
    return new Explanation(
        describe(cause) + " (" + why + ")", "This is a fault of the plugin: tell its author.");
  }

  private static Explanation missingClass(Throwable cause) {
    String message = message(cause);
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
          "A plugin sees "
              + Distribution.sharedInWords()
              + " and its own JARs, and nothing else of Roundel or of other plugins: do without"
              + " that class.");
    }
    return new Explanation(
        reason,
        "If it is in a library, make the plugin a directory in the plugins directory that holds its"
            + " JAR and the library's.");
  }
}
