package org.roundel.core.plugin.doctor;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one file or directory in the plugins directory.
 *
 * @param location the file or the directory
 * @param verdict what became of it
 * @param version the manifest's {@code Implementation-Version}; null if there is none
 * @param spiVersion the version of the plugin interface that it was built for, as the manifest has
 *     it; null if it does not say
 * @param javaVersion the oldest Java that can load all of its classes; 0 if it has none
 * @param components what it offers, each as {@code kind name}, sorted
 * @param findings what there is to say, problems first
 */
public record PluginExamination(
    Path location,
    Verdict verdict,
    @Nullable String version,
    @Nullable String spiVersion,
    int javaVersion,
    List<String> components,
    List<PluginFinding> findings) {
  /** What became of a file or directory in the plugins directory. */
  public enum Verdict {
    /** All that it offers can be used. */
    USED,
    /** A part of it could not be loaded. */
    USED_IN_PART,
    /** Nothing of it could be loaded. */
    FAILED,
    /** It is there in another version, or another plugin offers the same name. */
    CONFLICT,
    /** It is no plugin. */
    IGNORED
  }

  /** Copies the lists. */
  public PluginExamination {
    components = List.copyOf(components);
    findings = List.copyOf(findings);
  }

  /** Returns whether something of it cannot be used. */
  public boolean hasProblem() {
    return findings.stream().anyMatch(PluginFinding::problem);
  }

  static PluginExamination ignored(Path file, String why, String hint) {
    return new PluginExamination(
        file,
        Verdict.IGNORED,
        null,
        null,
        0,
        List.of(),
        List.of(new PluginFinding(false, why, hint)));
  }
}
