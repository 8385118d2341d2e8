package org.roundel.cli.command.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.compare.Comparison;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.FreshDirectory;
import org.roundel.report.terminal.WorkProgress;
import org.roundel.sweep.work.SweepDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts runs beside one another in one report. */
@Command(
    name = "compare",
    sortOptions = false,
    customSynopsis = "roundel compare [OPTION]... RUN...",
    description = {
      "Compare runs, finished or still going on, in one report.",
      "It shows errors, losses, rates, flips, throughput, sizes, the settings that",
      "differ and the equal ones, and mean and deviation over seeds, on one page",
      "that needs no network; its figures and numbers are written beside it. Of more",
      "than 24 runs it shows those with the lowest test error; the numbers have all.",
      "Runs that cannot be read are named and left out; the exit code is then 3. The",
      "directory of a sweep stands for all its runs that have begun."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel compare runs/*",
      "  roundel compare runs/a runs/b --out comparison",
      "  roundel compare sweeps/methods"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final CommandContext context;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "the runs' directories, or sweeps'")
  private List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "where the report is written; must not hold one",
        "(default: compare-DATE-TIME)"
      })
  private @Nullable Path out;

  @Option(names = "--json", description = "print one JSON object instead of text")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  public CompareCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream terminal = context.terminal().out();
    List<Path> all = withRunsOfSweeps();
    Comparison comparison;
    try (WorkProgress progress = new WorkProgress(context.terminal().statusLine())) {
      progress.start("reading runs", all.size());
      comparison = Comparison.of(all, progress::done);
    }
    ErrorReporter errors = new ErrorReporter(context.terminal(), false);
    comparison.faults().forEach(fault -> errors.print("left out: " + fault));
    try (PluginRegistry registry = common.load(context)) {
      comparison = comparison.withSizes(registry);
    }
    Path report = comparison.write(out == null ? choose() : out);
    if (json) {
      terminal.print(comparison.json(report));
    } else {
      comparison.lines().forEach(terminal::println);
      terminal.println("report  " + report);
    }
    return comparison.faults().isEmpty() ? ExitCodes.OK : ExitCodes.CONFIGURATION;
  }

  private List<Path> withRunsOfSweeps() {
    List<Path> all = new ArrayList<>();
    for (Path path : runs) {
      if (!SweepDirectory.isAt(path)) {
        all.add(path);
        continue;
      }
      SweepDirectory sweep = SweepDirectory.open(path);
      List<Path> begun = sweep.begunRuns();
      if (begun.isEmpty()) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "nothing of the sweep "
                + path
                + " has begun; train its cells first:\n  roundel work "
                + MessageText.shellWord(path));
      }
      all.addAll(begun);
    }
    return all;
  }

  private Path choose() {
    String name = "compare-" + TIME.format(LocalDateTime.now(context.clock()));
    return FreshDirectory.make(Path.of(""), name);
  }
}
