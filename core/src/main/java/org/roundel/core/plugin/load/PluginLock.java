package org.roundel.core.plugin.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.OwnFile;
import org.roundel.core.run.Sha256;

/**
 * The JARs that may be loaded as plugins, each by its path below the plugins directory and its
 * SHA-256. As a file it is one that {@code sha256sum -c} reads in that directory.
 */
public final class PluginLock {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S.*)");
  private static final int LARGEST = 1 << 20;

  /** Of more JARs that are refused the message has the number. */
  private static final int MOST_NAMED = 5;

  private final Map<String, String> hashes;

  private PluginLock(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  /**
   * Returns the lock that allows what a plugins directory has now. Runs no code of a plugin.
   *
   * @throws RoundelException of kind PLUGIN if the directory or a JAR cannot be read
   */
  public static PluginLock of(Path pluginsDirectory) {
    Map<String, String> hashes = new TreeMap<>();
    for (Path location : PluginFiles.locations(pluginsDirectory)) {
      for (Path jar : jars(location)) {
        String name = PluginFiles.fileName(jar);
        if (!jar.equals(location)) {
          name = PluginFiles.fileName(location) + "/" + name;
        }
        hashes.put(name, sha256(jar));
      }
    }
    return new PluginLock(hashes);
  }

  /** A directory without JARs, or one that cannot be read, is no plugin: the loader says so. */
  private static List<Path> jars(Path location) {
    try {
      return PluginFiles.jars(location);
    } catch (PluginFault nothingToLoad) {
      return List.of();
    }
  }

  private static String sha256(Path jar) {
    try {
      OwnFile.requireNoPipe(jar);
      return Sha256.of(jar);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          String.format(
              Locale.ROOT,
              "%s cannot be read (%s), so it cannot be compared with a lock. Make it readable for"
                  + " this user, or remove it.",
              jar,
              IoFailure.reason(unreadable)),
          unreadable);
    }
  }

  /**
   * Reads a lock.
   *
   * @throws RoundelException of kind CONFIGURATION if the file is none
   */
  public static PluginLock read(Path file) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LARGEST + 1);
    } catch (IOException unreadable) {
      throw unusable(file, "cannot be read (" + IoFailure.reason(unreadable) + ")");
    }
    if (content.length > LARGEST) {
      throw unusable(file, "is larger than " + LARGEST + " bytes");
    }
    Map<String, String> hashes = new TreeMap<>();
    int number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw unusable(
            file,
            String.format(
                Locale.ROOT,
                "has in line %s %s; allowed: 64 lower-case hexadecimal digits of a SHA-256, two"
                    + " blanks, a JAR",
                number,
                MessageText.quoted(line)));
      }
      if (hashes.put(matcher.group(2), matcher.group(1)) != null) {
        throw unusable(file, "names " + matcher.group(2) + " twice");
      }
    }
    if (hashes.isEmpty()) {
      throw unusable(file, "is empty");
    }
    return new PluginLock(hashes);
  }

  private static RoundelException unusable(Path file, String what) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "the lock of plugins %s %s. Write it by roundel plugin lock %s",
            file,
            what,
            MessageText.shellWord(file)));
  }

  /**
   * Writes the lock, as a whole or not at all.
   *
   * @throws RoundelException of kind CONFIGURATION if it cannot be written, or something else than
   *     a file has its name
   */
  public void write(Path file) {
    if (!AtomicFiles.mayReplace(file)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the lock of plugins is not written: %s is %s. Name a file; of a link, the file that"
                  + " it leads to",
              file,
              AtomicFiles.NOT_REPLACED));
    }
    StringBuilder text = new StringBuilder();
    hashes.forEach((jar, hash) -> text.append(hash).append("  ").append(jar).append('\n'));
    AtomicFiles.write(file, text.toString());
  }

  /** Returns how many JARs it allows. */
  public int size() {
    return hashes.size();
  }

  /**
   * Refuses a plugins directory that has a JAR which the lock does not allow. One that the lock
   * allows may be missing.
   *
   * @param pluginsDirectory the directory
   * @param file where the lock was read from, for the message
   * @throws RoundelException of kind PLUGIN that names each such JAR with its hash
   */
  public void require(Path pluginsDirectory, Path file) {
    List<String> refused = new ArrayList<>();
    of(pluginsDirectory)
        .hashes
        .forEach(
            (jar, found) -> {
              String allowed = hashes.get(jar);
              if (!found.equals(allowed)) {
                refused.add(refusal(jar, found, allowed));
              }
            });
    if (refused.isEmpty()) {
      return;
    }
    int left = refused.size() - MOST_NAMED;
    String named = String.join("; ", refused.subList(0, Math.min(refused.size(), MOST_NAMED)));
    throw new RoundelException(
        ErrorKind.PLUGIN,
        String.format(
            Locale.ROOT,
            "the lock %s does not allow what is in %s: %s%s. No plugin was loaded. Remove what you"
                + " do not trust; where you trust all of it, write the lock anew by roundel plugin"
                + " lock %s",
            file,
            pluginsDirectory,
            named,
            left > 0 ? "; and " + left + " more" : "",
            MessageText.shellWord(file)));
  }

  private static String refusal(String jar, String found, @Nullable String allowed) {
    String has = jar + " has the SHA-256 " + found;
    return allowed == null ? has + " and is not in the lock" : has + ", the lock has " + allowed;
  }
}
