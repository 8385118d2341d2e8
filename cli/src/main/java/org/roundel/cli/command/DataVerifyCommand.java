package org.roundel.cli.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.terminal.Paragraph;
import org.roundel.cli.terminal.Terminal;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a dataset's files. */
@Command(
    name = "verify",
    sortOptions = false,
    description = "Check the files of a dataset.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class DataVerifyCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  DataVerifyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      Selected<DatasetFactory> dataset = registry.dataset(data.name());
      Path directory = data.directory();
      List<FileCheck> checks =
          dataset.call("could not be checked", factory -> factory.verify(directory));
      if (checks.isEmpty()) {
        out.println(data.name() + " has no files to check.");
        return ExitCodes.OK;
      }
      for (FileCheck check : checks) {
        print(out, check);
      }
      long bad = checks.stream().filter(check -> !check.valid()).count();
      if (bad > 0) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION, bad(bad, checks.size(), directory, dataset.factory()));
      }
      out.println("All " + checks.size() + " files in " + directory + " are as they should be.");
    }
    return ExitCodes.OK;
  }

  private static void print(PrintStream out, FileCheck check) {
    out.println((check.valid() ? "ok   " : "BAD  ") + check.file());
    String indent = "     ";
    for (String line : Paragraph.wrap(check.detail(), Terminal.DEFAULT_COLUMNS - indent.length())) {
      out.println(indent + line);
    }
  }

  private String bad(long bad, int all, Path directory, DatasetFactory factory) {
    String what =
        bad + " of " + all + " files of " + data.name() + " in " + directory + " cannot be used. ";
    return factory.downloads().isEmpty()
        ? what + "Correct them, or give another --data-dir"
        : what + "Get them with 'roundel data fetch " + data.name() + data.asWritten() + "'";
  }
}
