package org.roundel.cli.command.sweep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.RunExecution;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.Trainer;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the cells of a sweep. */
@Command(
    name = "work",
    sortOptions = false,
    customSynopsis = "roundel work [OPTION]... DIR",
    description = {
      "Train the cells of a sweep, one after the other, until none is left.",
      "Started as often as you like, on one machine or on several that share DIR: no",
      "two train one cell, and the cell of a worker that died is gone on with. A cell",
      "that diverged or failed is recorded and left. Ctrl-C writes a checkpoint and",
      "lets go of the cell."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel work sweeps/methods",
      "  roundel work sweeps/methods --for 5h30m",
      "",
      "Exit codes: 0 nothing is left to do here, 130 stopped with cells left, else",
      "that of the first cell that failed; a cell that diverged is a result."
    })
public final class WorkCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "DIR", description = "the sweep's directory")
  private Path directory = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      order = 1,
      description = {
        "stop after this time, with a checkpoint: 90s, 45m,",
        "6h, 1h30m, 2d (by default, when no cell is left)"
      })
  private @Nullable Duration time;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      order = 2,
      description = {
        "leave cells to others that need more memory beside",
        "Java's heap: 512m, 8g (by default, what is free)"
      })
  private @Nullable Long memory;

  @Option(
      names = "--retry",
      order = 3,
      description = {"try cells again that have diverged or failed", "before"})
  private boolean retries;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "15s",
      order = 4,
      description = {
        "how often to show in DIR that this worker lives;",
        "after eight times that in silence its cell is taken",
        "up by others (default: ${DEFAULT-VALUE})"
      })
  private Duration heartbeat = Leases.HEARTBEAT;

  @Option(
      names = {"-q", "--quiet"},
      order = 5,
      description = "print problems and the end only")
  private boolean quiet;

  public WorkCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    if (heartbeat.compareTo(Leases.LONGEST_HEARTBEAT) > 0) {
      throw new ParameterException(
          command.commandLine(),
          "--heartbeat is "
              + heartbeat.toSeconds()
              + "s; allowed: up to 1h, as a dead worker's cell waits for eight times that");
    }
    SweepDirectory sweep = SweepDirectory.open(directory);
    List<Cell> cells = sweep.cells();
    BooleanSupplier stop = stop();
    context.interruption().runStarted();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      WorkReport report =
          new WorkReport(context.terminal(), RunExecution.invocation(command), quiet);
      Worker worker =
          new Worker(
              sweep,
              new CellTrainer(trainer(registry, command)),
              new Leases(sweep.leases(), heartbeat),
              report,
              stop);
      if (retries) {
        worker.forgive(cells);
      }
      List<Cell> left = worker.work(cells);
      // A sweep may have grown meanwhile.
      for (int known = cells.size();
          !stop.getAsBoolean() && sweep.cells().size() > known;
          known = cells.size()) {
        cells = sweep.cells();
        left = worker.work(cells);
      }
      context.interruption().runEnded();
      return report.end(sweep, left, stop.getAsBoolean());
    }
  }

  private Trainer trainer(PluginRegistry registry, CommandSpec command) {
    Trainer trainer = RunExecution.trainer(registry, command);
    return memory == null ? trainer : trainer.withMemory(memory);
  }

  private BooleanSupplier stop() {
    Duration limit = time;
    if (limit == null) {
      return context.interruption();
    }
    long end = System.nanoTime() + limit.toNanos();
    return () -> context.interruption().getAsBoolean() || System.nanoTime() - end >= 0;
  }
}
