package org.roundel.core.plugin.load;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.core.text.FileNames;

/**
 * Reads a plugin's JAR without loading a class of it, and says what is wrong with a file that is no
 * JAR. Lengths that the file states are not believed: entries are read up to a limit.
 */
public final class JarInspector {
  /** The services file of a plugin. */
  static final String SERVICES_FILE = "META-INF/services/" + RoundelPlugin.class.getName();

  private static final int MANIFEST_LIMIT = 1 << 20;

  /** To read a value of many lines takes Java the square of its length; real ones have 20 KB. */
  private static final int MAIN_SECTION_LIMIT = 1 << 16;

  private static final int SERVICES_LIMIT = 1 << 16;
  private static final int HEAD_LENGTH = 16;
  private static final int MOST_PROVIDERS = 100;
  private static final int LONGEST_CLASS_NAME = 1000;
  private static final int SHOWN = 60;
  private static final String COPY_AGAIN = "Build or copy the JAR again, or remove it.";

  private JarInspector() {}

  public static JarFacts inspect(Path jar) throws PluginFault {
    try {
      requireJar(jar);
    } catch (IOException unreadable) {
      throw unreadable(jar, unreadable);
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Attributes manifest = manifest(jar, zip);
      return new JarFacts(
          jar,
          manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
          manifest.getValue(RoundelPlugin.SPI_VERSION_ATTRIBUTE),
          providers(jar, zip));
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      // The last is a name that is no UTF-8, which the zip reader does not call by its own
      // exception.
      throw PluginFault.of(
          jar, "the JAR is cut short or damaged: " + damaged.getMessage(), damaged, COPY_AGAIN);
    } catch (IOException unreadable) {
      throw unreadable(jar, unreadable);
    }
  }

  private static PluginFault unreadable(Path jar, IOException cause) {
    String name = FileNames.problem(jar.toString());
    if (name != null) {
      return PluginFault.of(jar, name, cause, FileNames.ADVICE);
    }
    String reason = cause.getMessage();
    if (Files.isSymbolicLink(jar) && !Files.exists(jar)) {
      reason = "it is a link that leads nowhere";
    } else if (cause instanceof NoSuchFileException) {
      reason = "it is gone";
    } else if (cause instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (cause instanceof FileSystemException system && system.getReason() != null) {
      reason = system.getReason();
    }
    return PluginFault.of(
        jar,
        "the file cannot be read: " + reason,
        cause,
        "Make it readable for this user, or remove it.");
  }

  /** Tells apart what the zip reader would call a missing "END header" in every case. */
  private static void requireJar(Path jar) throws IOException, PluginFault {
    if (!Files.readAttributes(jar, BasicFileAttributes.class).isRegularFile()) {
      throw PluginFault.of(jar, "it is neither a file nor a directory", null, COPY_AGAIN);
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(jar)) {
      head = in.readNBytes(HEAD_LENGTH);
    }
    if (head.length == 0) {
      throw PluginFault.of(jar, "the file is empty (0 bytes)", null, COPY_AGAIN);
    }
    if (head[0] != 'P' || (head.length > 1 && head[1] != 'K')) {
      throw PluginFault.of(
          jar,
          "the file is not a JAR: it starts with " + quote(head) + ", a JAR starts with 'PK'",
          null,
          COPY_AGAIN);
    }
  }

  private static String quote(byte[] head) {
    for (byte value : head) {
      if ((value < ' ' && value != '\n' && value != '\r' && value != '\t') || value == 127) {
        return "the bytes " + HexFormat.ofDelimiter(" ").formatHex(head);
      }
    }
    return "'" + new String(head, StandardCharsets.US_ASCII).replaceAll("\\s+", " ").strip() + "'";
  }

  private static Attributes manifest(Path jar, ZipFile zip) throws IOException, PluginFault {
    byte[] content = read(jar, zip, JarFile.MANIFEST_NAME, MANIFEST_LIMIT);
    if (content == null) {
      return new Attributes();
    }
    int end = mainSection(content);
    if (end > MAIN_SECTION_LIMIT) {
      throw PluginFault.of(
          jar,
          JarFile.MANIFEST_NAME
              + " has "
              + end
              + " bytes before its first empty line; allowed: "
              + MAIN_SECTION_LIMIT,
          null,
          COPY_AGAIN);
    }
    try {
      return new Manifest(new ByteArrayInputStream(content, 0, end)).getMainAttributes();
    } catch (IOException malformed) {
      throw PluginFault.of(
          jar,
          JarFile.MANIFEST_NAME + " is malformed: " + malformed.getMessage(),
          malformed,
          "Write it as lines of 'Name: value', the last one ended by a line break.");
    }
  }

  /** Returns where the first section ends, behind its empty line; nothing behind that is needed. */
  private static int mainSection(byte[] manifest) {
    int lineBegins = 0;
    for (int index = 0; index < manifest.length; index++) {
      if (manifest[index] == '\n') {
        boolean empty =
            index == lineBegins || (index == lineBegins + 1 && manifest[lineBegins] == '\r');
        if (empty && index > 1) {
          return index + 1;
        }
        lineBegins = index + 1;
      }
    }
    return manifest.length;
  }

  private static @Nullable List<String> providers(Path jar, ZipFile zip)
      throws IOException, PluginFault {
    byte[] content = read(jar, zip, SERVICES_FILE, SERVICES_LIMIT);
    if (content == null) {
      return null;
    }
    Set<String> classes = new LinkedHashSet<>();
    for (String line : new String(content, StandardCharsets.UTF_8).split("\\R")) {
      int comment = line.indexOf('#');
      String name = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (name.isEmpty()) {
        continue;
      }
      if (!isClassName(name)) {
        throw PluginFault.of(
            jar,
            SERVICES_FILE + " has the line '" + shown(name) + "', which is not the name of a class",
            null,
            "Write one fully qualified class name a line.");
      }
      classes.add(name);
    }
    if (classes.size() > MOST_PROVIDERS) {
      throw PluginFault.of(
          jar,
          SERVICES_FILE + " names " + classes.size() + " classes; allowed: " + MOST_PROVIDERS,
          null,
          "A plugin is entered through one class: list its components there.");
    }
    return new ArrayList<>(classes);
  }

  /** A loop, because a regular expression with nested repeats recurses once per part of a name. */
  private static boolean isClassName(String name) {
    if (name.length() > LONGEST_CLASS_NAME) {
      return false;
    }
    boolean begins = true;
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      boolean fits =
          begins
              ? Character.isJavaIdentifierStart(character)
              : character == '.' || Character.isJavaIdentifierPart(character);
      if (!fits) {
        return false;
      }
      begins = character == '.';
    }
    return !begins;
  }

  private static String shown(String line) {
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  private static byte @Nullable [] read(Path jar, ZipFile zip, String name, int limit)
      throws IOException, PluginFault {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes(limit + 1);
    }
    if (content.length > limit) {
      throw PluginFault.of(jar, name + " is larger than " + limit + " bytes", null, COPY_AGAIN);
    }
    return content;
  }
}
