package org.roundel.cli.command.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.Option;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunSettings;
import org.roundel.report.terminal.Paragraph;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Makes options of the command line out of settings of a run. */
public final class SettingOptions {
  private static final String HEADING =
      "%nSettings of the run, with the same names in --config and --set:%n";

  private static final String CHANGES_HEADING =
      "%nSettings of the run from here on (default: as they are):%n";

  /** What the names of the options leave of a line. */
  private static final int DESCRIPTION_COLUMNS = 50;

  private SettingOptions() {}

  /**
   * Adds the options to a command.
   *
   * @param settings those that mean something to the command
   */
  public static void addTo(CommandSpec command, List<Option<?>> settings) {
    addTo(command, settings, true);
  }

  /** Adds those options to a command that a run which is there may have other values of. */
  public static void addChangesTo(CommandSpec command) {
    addTo(command, RunSettings.CHANGEABLE, false);
  }

  private static void addTo(CommandSpec command, List<Option<?>> settings, boolean defaults) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading(defaults ? HEADING : CHANGES_HEADING)
            .validate(false)
            .exclusive(false)
            .order(10);
    int order = 0;
    for (Option<?> setting : settings) {
      OptionSpec.Builder option =
          OptionSpec.builder("--" + setting.name())
              .type(type(setting))
              .paramLabel(label(setting))
              .order(order++)
              .description(description(setting, defaults));
      if (setting.type().equals("flag")) {
        option.arity("0..1").fallbackValue("true");
      }
      group.addArg(option.build());
    }
    command.addArgGroup(group.build());
  }

  /** A flag is a Boolean, for which picocli takes the next word only if that is a truth value. */
  private static Class<?> type(Option<?> setting) {
    if (setting.type().equals("flag")) {
      return Boolean.class;
    }
    return RunSettings.PATHS.contains(setting) ? Path.class : String.class;
  }

  /** Returns the values that were given on the command line, by setting. */
  static Map<String, String> given(CommandLine command) {
    ParseResult parsed = command.getParseResult();
    Map<String, String> values = new LinkedHashMap<>();
    for (Option<?> setting : RunSettings.ALL) {
      String option = "--" + setting.name();
      if (parsed.hasMatchedOption(option)) {
        requireOnce(command, option);
        values.put(setting.name(), parsed.matchedOption(option).getValue().toString());
      }
    }
    return values;
  }

  /** In a group of options, picocli itself lets the last one win without a word. */
  private static void requireOnce(CommandLine command, String option) {
    int times = 0;
    for (String argument : command.getParseResult().originalArgs()) {
      if (argument.equals(option) || argument.startsWith(option + "=")) {
        times++;
      }
    }
    if (times > 1) {
      throw new ParameterException(
          command, "option '" + option + "' should be specified only once");
    }
  }

  private static String label(Option<?> setting) {
    return switch (setting.type()) {
      case "integer", "whole number" -> "N";
      case "real" -> "X";
      case "flag" -> "true|false";
      default -> {
        String name = setting.name();
        yield setting == LossSettings.TEACHER
            ? "RUN"
            : name.substring(name.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT);
      }
    };
  }

  private static String[] description(Option<?> setting, boolean defaults) {
    String text = setting.help();
    if (!defaults) {
      text += " (default: as it was)";
    } else if (!setting.defaultText().isEmpty()) {
      text += " (default: " + setting.defaultText() + ")";
    }
    // Both have a meaning in picocli's descriptions.
    text = text.replace("%", "%%").replace("@|", "@ |");
    return Paragraph.wrap(text, DESCRIPTION_COLUMNS).toArray(String[]::new);
  }
}
