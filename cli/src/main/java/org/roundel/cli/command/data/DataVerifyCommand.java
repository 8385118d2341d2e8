package org.roundel.cli.command.data;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.FileCheck.Finding;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a dataset's files. */
@Command(
    name = "verify",
    sortOptions = false,
    description = "Check the files of a dataset.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Where a checksum is published, the content is compared with it. The exit code is",
      "3 if a file cannot be used or is not the published one."
    })
public final class DataVerifyCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "print one JSON object instead of text")
  private boolean json;

  public DataVerifyCommand(CommandContext context) {
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
      if (json) {
        out.print(DataJson.verify(data, checks));
      } else {
        checks.forEach(check -> print(out, check));
      }
      int all = count(checks, check -> true);
      int unusable = count(checks, check -> !check.valid());
      int different = count(checks, check -> check.finding() == Finding.DIFFERENT);
      if (unusable > 0) {
        throw new RoundelException(ErrorKind.CONFIGURATION, unusable(unusable, all));
      }
      if (different > 0) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION, different(different, all, dataset.factory()));
      }
      if (!json) {
        out.println(all == 0 ? data.name() + " has no files to check." : good(checks, all));
      }
    }
    return ExitCodes.OK;
  }

  private static int count(List<FileCheck> checks, Predicate<FileCheck> which) {
    return checks.stream().filter(which).mapToInt(FileCheck::files).sum();
  }

  private static void print(PrintStream out, FileCheck check) {
    String mark =
        switch (check.finding()) {
          case PUBLISHED, USABLE -> "ok    ";
          case DIFFERENT -> "OTHER ";
          case UNUSABLE -> "BAD   ";
        };
    out.println(mark + check.file());
    String indent = " ".repeat(mark.length());
    for (String line : Paragraph.wrap(check.detail(), Terminal.DEFAULT_COLUMNS - indent.length())) {
      out.println(indent + line);
    }
  }

  private String good(List<FileCheck> checks, int all) {
    int published = count(checks, check -> check.finding() == Finding.PUBLISHED);
    String files = (all == 1 ? "The file" : "All " + Texts.of(all, "file")) + where();
    if (published == all) {
      return files + (all == 1 ? " is the published one." : " are the published ones.");
    }
    return String.format(
        Locale.ROOT,
        "%s can be used%s.",
        files,
        published == 0 ? "" : "; " + published + " are known to be the published ones");
  }

  private String unusable(int unusable, int all) {
    return (unusable == all
            ? data.name() + " in " + data.directory()
            : unusable + " of " + Texts.of(all, "file") + where())
        + " cannot be used. The lines marked BAD say why, and what to do";
  }

  private String different(int different, int all, DatasetFactory factory) {
    String what =
        String.format(
            Locale.ROOT,
            "%s of %s%s can be used, but %s, so errors on %s are not errors on %s. ",
            different,
            Texts.of(all, "file"),
            where(),
            different == 1 ? "is not the published one" : "are not the published ones",
            different == 1 ? "it" : "them",
            data.name());
    return factory.downloads().isEmpty()
        ? what + "Correct them, or give another --data-dir"
        : what
            + "Go on with it knowingly, or remove what is marked OTHER and get it:\n  roundel data"
            + " fetch "
            + data.name()
            + data.asWritten();
  }

  private String where() {
    return " of " + data.name() + " in " + data.directory();
  }
}
