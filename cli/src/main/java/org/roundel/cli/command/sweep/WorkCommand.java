package org.roundel.cli.command.sweep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.RunExecution;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.spark.SparkCommands;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.text.FuzzyMatcher;
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
      "  roundel work sweeps/methods --master spark://head:7077",
      "",
      "Exit codes: 130 stopped with cells left; else that of the first cell that",
      "failed; 3 cells failed in earlier calls, or lack memory and nobody trains them;",
      "0 every cell is finished, has diverged, or is in the hands of others."
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
      names = "--cell",
      paramLabel = "NAME",
      order = 5,
      description = {"train this cell only; may be given more than once", "(by default, all)"})
  private List<String> names = List.of();

  @Option(
      names = "--until-eof",
      order = 6,
      description = {
        "stop, with a checkpoint, when standard input ends:",
        "for a program that starts this one and may die"
      })
  private boolean endsWithInput;

  @Option(
      names = "--master",
      paramLabel = "URL",
      order = 7,
      description = {
        "have cells trained on Spark, each in a process:",
        "spark://HOST:PORT, k8s://...,",
        "local-cluster[2,1,1024]; see docs/spark.md",
        "(default: in this process)"
      })
  private @Nullable String master;

  @Option(
      names = {"-q", "--quiet"},
      order = 8,
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
    chosen(sweep);
    BooleanSupplier stop = stop();
    WorkReport report = new WorkReport(context.terminal(), RunExecution.invocation(command), quiet);
    List<Cell> left =
        master == null
            ? here(sweep, command, report, stop)
            : onSpark(sweep, Objects.requireNonNull(master), report, stop);
    context.interruption().runEnded();
    // Who starts it and reads its output has a last word of its own.
    return report.end(sweep, chosen(sweep), left, stop.getAsBoolean(), !endsWithInput);
  }

  private List<Cell> here(
      SweepDirectory sweep, CommandSpec command, WorkReport report, BooleanSupplier stop) {
    context.interruption().runStarted();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      Worker worker =
          new Worker(
              sweep,
              new CellTrainer(trainer(registry, command)),
              new Leases(sweep.leases(), heartbeat),
              report,
              stop);
      if (retries) {
        worker.forgive(chosen(sweep));
      }
      return work(sweep, worker::work, stop);
    }
  }

  private List<Cell> onSpark(
      SweepDirectory sweep, String master, WorkReport report, BooleanSupplier stop) {
    // A process elsewhere has another working directory.
    SweepDirectory absolute = SweepDirectory.open(directory.toAbsolutePath().normalize());
    int threads = 1;
    for (Cell cell : chosen(sweep)) {
      threads = Math.max(threads, cell.configuration().get(RunSettings.THREADS));
    }
    ErrorReporter warnings = new ErrorReporter(context.terminal(), false);
    try (SparkCommands spark =
        new SparkCommands(
            context.spark(),
            master,
            context.home(),
            threads,
            news -> warnings.print("warning: " + news),
            context.interruption()::runStarted)) {
      CellsOnSpark worker = new CellsOnSpark(absolute, spark, handedOn(), retries, report, stop);
      return work(absolute, worker::work, stop);
    }
  }

  /** Returns the options that each process of an executor is given, too. */
  private List<String> handedOn() {
    List<String> options = new ArrayList<>();
    options.add("--heartbeat=" + heartbeat.toSeconds() + "s");
    if (memory != null) {
      options.add("--memory=" + SizeConverter.text(memory));
    }
    if (retries) {
      options.add("--retry");
    }
    options.addAll(common.given());
    return options;
  }

  /** Works, and goes on if the sweep has grown meanwhile. */
  private List<Cell> work(
      SweepDirectory sweep, UnaryOperator<List<Cell>> worker, BooleanSupplier stop) {
    List<Cell> cells = chosen(sweep);
    List<Cell> left = worker.apply(cells);
    for (int known = cells.size();
        !stop.getAsBoolean() && chosen(sweep).size() > known;
        known = cells.size()) {
      cells = chosen(sweep);
      left = worker.apply(cells);
    }
    return left;
  }

  /** Returns the cells that this process is to work on, whatever state they are in. */
  private List<Cell> chosen(SweepDirectory sweep) {
    sweep.requireReachable();
    List<Cell> cells = sweep.cells();
    if (names.isEmpty()) {
      return cells;
    }
    Map<String, Cell> known = new LinkedHashMap<>();
    cells.forEach(cell -> known.put(cell.name(), cell));
    for (String name : names) {
      if (!known.containsKey(name)) {
        String found = MessageText.quoted(name);
        String near = FuzzyMatcher.suggestion(name, known.keySet());
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            sweep.path()
                + " has no cell "
                + found
                + (near.isEmpty() ? "; " : near + " ")
                + "'roundel sweep status' lists them");
      }
    }
    known.keySet().retainAll(names);
    return List.copyOf(known.values());
  }

  private Trainer trainer(PluginRegistry registry, CommandSpec command) {
    Trainer trainer = RunExecution.trainer(registry, command);
    return memory == null ? trainer : trainer.withMemory(memory);
  }

  private BooleanSupplier stop() {
    BooleanSupplier asked = context.interruption();
    BooleanSupplier input = endsWithInput ? InputEnd.of(System.in) : () -> false;
    Duration limit = time;
    if (limit == null) {
      return () -> asked.getAsBoolean() || input.getAsBoolean();
    }
    long end = System.nanoTime() + limit.toNanos();
    return () -> asked.getAsBoolean() || input.getAsBoolean() || System.nanoTime() - end >= 0;
  }
}
