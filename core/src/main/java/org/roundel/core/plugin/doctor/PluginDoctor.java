package org.roundel.core.plugin.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentIndex;
import org.roundel.core.plugin.PluginClash;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.doctor.PluginExamination.Verdict;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.core.plugin.load.JarFacts;
import org.roundel.core.plugin.load.JarInspector;
import org.roundel.core.plugin.load.PluginFiles;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.plugin.load.SharedPackages;

/** Says of everything in a plugins directory what it is, what became of it, and why. */
public final class PluginDoctor {
  private final PluginRegistry registry;
  private final ClassLoader application;
  private final SharedPackages shared;

  /**
   * Makes a doctor.
   *
   * @param registry what was loaded from the directory that is to be examined
   */
  public PluginDoctor(PluginRegistry registry) {
    this.registry = registry;
    this.application = PluginLoader.application();
    this.shared = SharedPackages.ofTheProgram();
  }

  /**
   * Examines what lies in the plugins directory, in the order of file names; files that are no
   * plugin are there too.
   *
   * @throws org.roundel.core.RoundelException if there is no such directory, or it cannot be read
   */
  public List<PluginExamination> examine(Path pluginsDirectory) {
    List<PluginExamination> examinations = new ArrayList<>();
    for (Path path : PluginFiles.everything(pluginsDirectory)) {
      if (PluginFiles.isHidden(path)) {
        examinations.add(
            PluginExamination.ignored(
                path,
                "its name begins with a dot, so it is hidden",
                "Rename it if it is meant to be a plugin."));
      } else if (!PluginFiles.isLocation(path)) {
        examinations.add(
            PluginExamination.ignored(
                path,
                "it is neither a .jar file nor a directory, so no plugin",
                "Rename it if it is meant to be one."));
      } else {
        examinations.add(examineLocation(path));
      }
    }
    return examinations;
  }

  private PluginExamination examineLocation(Path location) {
    List<PluginFinding> findings = new ArrayList<>();
    for (PluginFailure failure : registry.loadFailures()) {
      if (failure.location().startsWith(location)) {
        findings.add(problem(failure, location));
      }
    }
    boolean failed = !findings.isEmpty();
    PluginDescriptor plugin = loadedFrom(location);
    List<String> components = plugin == null ? List.of() : plugin.components();
    if (plugin != null) {
      for (PluginClash clash : registry.clashes()) {
        if (clash.plugins().contains(plugin)) {
          findings.add(new PluginFinding(true, clash.failure().what(), clash.failure().hint()));
        }
      }
      findings.addAll(shadows(plugin));
    }
    Verdict verdict = Verdict.USED;
    if (failed) {
      verdict = plugin == null ? Verdict.FAILED : Verdict.USED_IN_PART;
    } else if (findings.stream().anyMatch(PluginFinding::problem)) {
      verdict = Verdict.CONFLICT;
    }
    return examineJars(location, verdict, components, findings);
  }

  /** Within a directory of JARs, says which of them is meant. */
  private static PluginFinding problem(PluginFailure failure, Path location) {
    String where =
        failure.location().equals(location) ? "" : PluginFiles.fileName(failure.location()) + ": ";
    return new PluginFinding(true, where + failure.what(), failure.hint());
  }

  private @Nullable PluginDescriptor loadedFrom(Path location) {
    for (PluginDescriptor plugin : registry.loaded()) {
      if (plugin.location().equals(location)) {
        return plugin;
      }
    }
    return null;
  }

  /** A name of its own goes before a family's member; that is worth knowing between two plugins. */
  private List<PluginFinding> shadows(PluginDescriptor plugin) {
    List<PluginFinding> findings = new ArrayList<>();
    for (ComponentDescriptor single : registry.components()) {
      for (ComponentDescriptor family : registry.components()) {
        if (single.kind() != family.kind()
            || single.isFamily()
            || single.plugin().equals(family.plugin())
            || !ComponentIndex.hasMember(family, single.name())) {
          continue;
        }
        String member = single.kind() + " " + single.name();
        if (single.plugin().equals(plugin)) {
          findings.add(
              new PluginFinding(
                  false,
                  String.format(
                      Locale.ROOT,
                      "its %s is used in place of the member of that name of the family %s in %s",
                      member,
                      family.displayName(),
                      family.plugin().location()),
                  "Rename it if that is not meant."));
        } else if (family.plugin().equals(plugin)) {
          findings.add(
              new PluginFinding(
                  false,
                  String.format(
                      Locale.ROOT,
                      "of its family %s the member %s is never used: %s offers a %s of its own",
                      family.displayName(),
                      single.name(),
                      single.plugin().location(),
                      member),
                  "Remove that plugin if that is not meant."));
        }
      }
    }
    return findings;
  }

  private PluginExamination examineJars(
      Path location, Verdict verdict, List<String> components, List<PluginFinding> findings) {
    JarFacts entry = null;
    int javaVersion = 0;
    for (Path jar : readableJars(location)) {
      JarFacts facts;
      try {
        facts = JarInspector.inspect(jar);
      } catch (Throwable known) {
        // Whatever it is, it kept the plugin from being loaded, so it is among the findings.
        continue;
      }
      if (entry == null || (entry.providers() == null && facts.providers() != null)) {
        entry = facts;
      }
      try {
        JarClasses classes = JarClasses.of(jar, application, shared);
        javaVersion = Math.max(javaVersion, classes.javaVersion());
        findings.addAll(hiddenClasses(jar, classes));
        // Of one that failed, the reason is known, and is often this.
        if (verdict != Verdict.FAILED && classes.javaVersion() > Runtime.version().feature()) {
          findings.add(tooNew(jar, classes));
        }
      } catch (IOException | RuntimeException damaged) {
        findings.add(
            new PluginFinding(
                false,
                String.format(
                    Locale.ROOT,
                    "not all classes in %s can be read (%s): what uses them fails",
                    PluginFiles.fileName(jar),
                    damaged.getMessage()),
                "Build or copy the JAR again."));
      }
    }
    return new PluginExamination(
        location,
        verdict,
        entry == null ? null : entry.version(),
        entry == null ? null : entry.spiVersion(),
        javaVersion,
        components,
        findings);
  }

  private static List<Path> readableJars(Path location) {
    try {
      return PluginFiles.jars(location);
    } catch (PluginFault none) {
      return Files.isDirectory(location) ? List.of() : List.of(location);
    }
  }

  private static PluginFinding tooNew(Path jar, JarClasses classes) {
    int running = Runtime.version().feature();
    return new PluginFinding(
        false,
        String.format(
            Locale.ROOT,
            "class %s in %s needs Java %s, this is Java %s: what uses it fails",
            classes.newest(),
            PluginFiles.fileName(jar),
            classes.javaVersion(),
            running),
        "Run Roundel on that Java, or build the plugin with --release " + running + ".");
  }

  private static List<PluginFinding> hiddenClasses(Path jar, JarClasses classes) {
    List<PluginFinding> notes = new ArrayList<>();
    classes
        .hidden()
        .forEach(
            (prefix, count) ->
                notes.add(
                    new PluginFinding(
                        false,
                        String.format(
                            Locale.ROOT,
                            "%s has %s%s below %s that will never be loaded: the program's own are"
                                + " used",
                            PluginFiles.fileName(jar),
                            count,
                            count == 1 ? " class" : " classes",
                            prefix),
                        "Leave that library out: to Maven, its scope is provided.")));
    return notes;
  }
}
