package org.roundel.cli.command.run;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;

/** Names the directories of runs that the user has not named. */
final class RunDirectoryNames {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunDirectoryNames() {}

  /** Returns a name as in {@code 20260131-154500-resnet-20-none}. */
  static String name(RunConfiguration configuration, Clock clock) {
    return TIME.format(LocalDateTime.now(clock))
        + "-"
        + plain(configuration.get(RunSettings.MODEL))
        + "-"
        + plain(configuration.get(RunSettings.QUANTIZER));
  }

  /** A name that no plugin has is refused later; until then it must not lead elsewhere. */
  private static String plain(String name) {
    String cut = name.length() > 63 ? name.substring(0, 63) : name;
    return cut.replaceAll("[^A-Za-z0-9-]", "-");
  }
}
