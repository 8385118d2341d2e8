package org.roundel.cli.command.sweep;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.error.ExitCodes;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.SweepStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how far a sweep is. */
@Command(
    name = "status",
    sortOptions = false,
    customSynopsis = "roundel sweep status [OPTION]... DIR",
    description = {
      "Show how far a sweep is: every cell, who trains it, its lowest error.",
      "It only reads. A worker that died on another machine is shown as running until",
      "'roundel work' has found out."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel sweep status sweeps/methods",
      "  roundel sweep status sweeps/methods --json"
    })
public final class SweepStatusCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "DIR", description = "the sweep's directory")
  private Path directory = Path.of("");

  @Option(names = "--json", description = "print one JSON object instead of text")
  private boolean json;

  public SweepStatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SweepDirectory sweep = SweepDirectory.open(directory);
    StatusReport report = new StatusReport(sweep, SweepStatus.of(sweep));
    if (json) {
      context.terminal().out().print(report.json());
    } else {
      report.print(context.terminal().out());
    }
    return ExitCodes.OK;
  }
}
