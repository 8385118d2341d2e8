package org.roundel.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.roundel.core.plugin.PluginRegistry;

/** Examines the machine and the installation. */
public final class Doctor {
  private Doctor() {}

  /**
   * Returns what there is to say, in the order in which a reader wants it. Loads the native
   * libraries.
   *
   * @param environment the process's variables
   * @param plugins where plugins are
   * @param loader loads them
   */
  public static List<Finding> examine(
      Map<String, String> environment, Path plugins, Supplier<PluginRegistry> loader) {
    List<Finding> findings = new ArrayList<>(Machine.findings(environment));
    // Code that the processor does not have kills the process.
    boolean canRun = findings.stream().allMatch(finding -> finding.problem() == null);
    if (canRun) {
      findings.addAll(NativeCode.findings());
    }
    findings.addAll(Places.findings(plugins, loader));
    return findings;
  }
}
