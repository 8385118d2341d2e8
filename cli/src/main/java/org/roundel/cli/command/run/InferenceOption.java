package org.roundel.cli.command.run;

import org.jspecify.annotations.Nullable;
import org.roundel.core.Distribution;
import picocli.CommandLine.Option;

/** What runs a net. */
public final class InferenceOption {
  @Option(
      names = "--inference",
      paramLabel = "NAME",
      order = 710,
      description = {"what runs the net; see 'roundel list inference'", "(default: onednn)"})
  private @Nullable String name;

  /** Returns an inference's name. */
  public String name() {
    return name == null ? Distribution.defaultOf("inference") : name;
  }

  /** Returns whether the user gave one. */
  public boolean isGiven() {
    return name != null;
  }
}
