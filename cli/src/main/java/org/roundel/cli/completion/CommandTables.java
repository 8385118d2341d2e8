package org.roundel.cli.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.plugin.ComponentKind;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What commands there are, their options, and what stands behind these. */
final class CommandTables {
  private static final Pattern KEY = Pattern.compile("(?:(\\w+)\\.)?KEY=VALUE");
  private static final int MOST_PLACES = 2;

  private final CaseTable below = new CaseTable("below", "below=''");
  private final CaseTable commands = new CaseTable("commands", ":");
  private final CaseTable options = new CaseTable("options", ":");
  private final CaseTable takes = new CaseTable("takes", "takes=''");

  private CommandTables() {}

  /** Returns the functions that tell of all commands. */
  static String of(CommandLine root) {
    CommandTables tables = new CommandTables();
    tables.add("", root);
    return tables.below.text()
        + tables.commands.text()
        + tables.options.text()
        + tables.takes.text();
  }

  private void add(String path, CommandLine command) {
    Map<String, CommandLine> subcommands = command.getSubcommands();
    if (!subcommands.isEmpty()) {
      below.put(CaseTable.quoted(path), "below='" + String.join(" ", subcommands.keySet()) + "'");
      List<String> lines = new ArrayList<>();
      subcommands.forEach(
          (name, sub) ->
              lines.add(
                  CaseTable.candidate(name, sub.getCommandSpec().usageMessage().description()[0])));
      commands.put(CaseTable.quoted(path), CaseTable.lines(lines));
    }
    List<String> lines = new ArrayList<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      lines.add(CaseTable.candidate(option.longestName(), description(option)));
      for (String name : option.names()) {
        takes(path + " " + name, takes(option));
      }
    }
    options.put(CaseTable.quoted(path), CaseTable.lines(lines));
    if (command.getCommand() instanceof HelpCommand) {
      takes("help 0", "=" + String.join(" ", command.getParent().getSubcommands().keySet()));
      return;
    }
    for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
      int last = argument.index().isVariable() ? MOST_PLACES : argument.index().max();
      for (int place = argument.index().min(); place <= last; place++) {
        takes(path + " " + place, takes(path, argument));
      }
    }
    subcommands.forEach((name, sub) -> add(path.isEmpty() ? name : path + " " + name, sub));
  }

  private void takes(String where, String what) {
    if (!what.isEmpty()) {
      takes.put(CaseTable.quoted(where), "takes=" + CaseTable.quoted(what));
    }
  }

  private static String description(OptionSpec option) {
    String text = String.join(" ", option.description());
    int variable = text.indexOf("${");
    return (variable < 0 ? text : text.substring(0, variable))
        .replace("%%", "%")
        .replaceAll("[:(] *$", "");
  }

  /** Returns what stands behind an option; empty for nothing. */
  private static String takes(OptionSpec option) {
    if (option.arity().min() == 0) {
      return "";
    }
    Matcher key = KEY.matcher(option.paramLabel());
    if (key.matches()) {
      return key.group(1) == null ? "key" : "key:" + key.group(1);
    }
    String name = option.longestName().substring(2);
    for (ComponentKind kind : ComponentKind.values()) {
      if (kind.word().equals(name)) {
        return name;
      }
    }
    return switch (name) {
      case "format" -> ComponentKind.EXPORTER.word();
      case "checkpoint" -> "checkpoint";
      case "recipe" -> "recipe";
      case "teacher" -> "run";
      case "quantize" -> "=" + String.join(" ", ParameterSelector.NAMED);
      default -> value(option);
    };
  }

  private static String takes(String path, PositionalParamSpec argument) {
    return switch (argument.paramLabel()) {
      case "RUN" -> "run";
      case "RUN|FILE" -> "run-or-file";
      case "MODEL" -> ComponentKind.MODEL.word();
      case "NAME" -> {
        if (path.startsWith("data ")) {
          yield ComponentKind.DATASET.word();
        }
        yield path.equals("describe") ? "component" : "value";
      }
      default -> value(argument);
    };
  }

  private static String value(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return "="
          + String.join(
              " ",
              StreamSupport.stream(argument.completionCandidates().spliterator(), false).toList());
    }
    boolean path =
        argument.type() == Path.class
            || Arrays.asList(argument.auxiliaryTypes()).contains(Path.class);
    if (!path) {
      return "value";
    }
    return argument.paramLabel().equals("DIR") ? "directory" : "file";
  }
}
