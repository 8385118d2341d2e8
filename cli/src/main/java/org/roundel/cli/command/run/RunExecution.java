package org.roundel.cli.command.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.Interruption;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.metrics.CollectorPush;
import org.roundel.cli.metrics.LossHistogram;
import org.roundel.cli.metrics.MetricsFile;
import org.roundel.cli.progress.BarListener;
import org.roundel.cli.progress.EpochTable;
import org.roundel.cli.progress.JsonEvents;
import org.roundel.cli.progress.ProgressLines;
import org.roundel.cli.progress.RunSummary;
import org.roundel.cli.runreport.ReportListener;
import org.roundel.cli.spark.SparkConnection;
import org.roundel.core.event.ListenerChain;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.TrainingMetrics;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.Invocation;
import org.roundel.core.shard.Cluster;
import org.roundel.core.training.CoreModule;
import org.roundel.core.training.Trainer;
import org.roundel.page.run.LiveRun;
import org.roundel.page.view.RunPage;
import org.roundel.report.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wires the core, runs a training with everything that watches it, and says how it ended. */
public final class RunExecution {
  private final CommandContext context;
  private final PluginRegistry plugins;
  private final RunOptions options;
  private final CommandSpec command;
  private final Invocation invocation;

  /**
   * Makes one.
   *
   * @param command the command that the user called, for the run's record
   */
  RunExecution(
      CommandContext context, PluginRegistry plugins, RunOptions options, CommandSpec command) {
    this.context = context;
    this.plugins = plugins;
    this.options = options;
    this.command = command;
    this.invocation = invocation(command);
  }

  /** Something that trains. */
  @FunctionalInterface
  interface Training {
    /** Trains until done or told to stop. */
    RunResult run(Trainer trainer, TrainingListener listener, BooleanSupplier stop);
  }

  /** Returns what makes the core's objects, for a command that records nothing. */
  public static Injector injector(PluginRegistry plugins, MeterRegistry meters) {
    return injector(plugins, meters, Invocation.NONE, Cluster.NONE);
  }

  /** Returns what trains, for a command that records nothing. */
  static Trainer trainer(PluginRegistry plugins) {
    return injector(plugins, new SimpleMeterRegistry()).getInstance(Trainer.class);
  }

  private static Injector injector(
      PluginRegistry plugins, MeterRegistry meters, Invocation invocation, Cluster cluster) {
    return Guice.createInjector(
        Stage.PRODUCTION,
        new CoreModule(),
        binder -> {
          binder.requireExplicitBindings();
          binder.bind(PluginRegistry.class).toInstance(plugins);
          binder.bind(MeterRegistry.class).toInstance(meters);
          binder.bind(Invocation.class).toInstance(invocation);
          binder.bind(Cluster.class).toInstance(cluster);
        });
  }

  /**
   * Returns what trains the cells of sweeps.
   *
   * @param command the command that the user called, for the runs' records
   */
  public static Trainer trainer(PluginRegistry plugins, CommandSpec command) {
    return injector(plugins, new SimpleMeterRegistry(), invocation(command), Cluster.NONE)
        .getInstance(Trainer.class);
  }

  /** Returns how the program was called. */
  public static Invocation invocation(CommandSpec command) {
    CommandSpec root = command.root();
    List<String> words = new ArrayList<>(List.of(root.name()));
    words.addAll(root.commandLine().getParseResult().originalArgs());
    return new Invocation(words);
  }

  /**
   * Checks what a run is told by options beside its configuration.
   *
   * @throws RoundelException if the run would be refused for them
   */
  void check() {
    linger();
    MetricsOptions metrics = options.metrics();
    if (metrics.file() != null) {
      MetricsFile.requireWritable(metrics.file());
    }
    if (metrics.collector() != null) {
      CollectorPush.address(metrics.collector());
    }
    if (options.metricsPort() != null || options.page()) {
      metrics.access();
    }
  }

  /**
   * Trains, and prints what happens.
   *
   * @return the exit code
   */
  int execute(Training training) throws Exception {
    Terminal terminal = context.terminal();
    PrintStream out = terminal.out();
    Linger linger = linger();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LossHistogram losses = new LossHistogram(meters);
    Path file = options.metrics().file();
    MetricsFile lastValues = file == null ? null : new MetricsFile(file, meters);
    MeterRegistry all = withCollector(meters);
    ErrorReporter warnings = new ErrorReporter(terminal, false);
    SparkConnection spark = spark(warnings);
    Injector injector = injector(plugins, all, invocation, spark == null ? Cluster.NONE : spark);
    RunSummary summary = new RunSummary(terminal, options.quiet(), System::nanoTime);
    List<TrainingListener> listeners = new ArrayList<>();
    listeners.add(new Started(context.interruption()));
    listeners.add(linger);
    TrainingMetrics metrics = injector.getInstance(TrainingMetrics.class);
    LiveRun live = new LiveRun();
    RunPage page = new RunPage(live);
    try (SparkConnection cluster = spark;
        RunServer server = RunServer.start(options, page, meters);
        RunPage toldTheEnd = page;
        RunLog log = new RunLog(invocation);
        BarListener bar = new BarListener(options.statusLine(terminal))) {
      listeners.add(log);
      if (server != null || lastValues != null || all != meters) {
        listeners.add(metrics);
        listeners.add(losses);
      }
      if (server != null) {
        listeners.add(live);
        server.tell(terminal, summary);
      }
      listeners.add(bar);
      // Before the summary, which names the report.
      listeners.add(new ReportListener(warning -> warnings.print("warning: " + warning)));
      if (options.json()) {
        listeners.add(new JsonEvents(out));
      } else {
        listeners.add(summary);
        listeners.addAll(epochs(terminal));
      }
      if (lastValues != null) {
        // Behind the result, which is told even if this cannot be written.
        listeners.add(lastValues);
      }
      Trainer trainer = injector.getInstance(Trainer.class);
      int exitCode = run(training, trainer, new ListenerChain(listeners), linger);
      if (server != null) {
        linger.await(server.metricsAddress());
      }
      return exitCode;
    } finally {
      metrics.close();
      all.close();
    }
  }

  private @Nullable SparkConnection spark(ErrorReporter warnings) {
    String master = options.master();
    return master == null
        ? null
        : new SparkConnection(
            context.spark(), master, context.home(), news -> warnings.print("warning: " + news));
  }

  private int run(Training training, Trainer trainer, TrainingListener listener, Linger linger)
      throws Exception {
    try {
      RunResult result = training.run(trainer, listener, context.interruption());
      return result.interrupted() ? ExitCodes.INTERRUPTED : ExitCodes.OK;
    } catch (RuntimeException failure) {
      if (!linger.isDue()) {
        throw failure;
      }
      // What went wrong is told before the waiting.
      CommandLine line = command.commandLine();
      return line.getExecutionExceptionHandler()
          .handleExecutionException(failure, line, command.root().commandLine().getParseResult());
    }
  }

  /** Meters that go to nobody but Prometheus need nothing between. */
  private MeterRegistry withCollector(PrometheusMeterRegistry meters) {
    String collector = options.metrics().collector();
    return collector == null
        ? meters
        : new CompositeMeterRegistry(Clock.SYSTEM, List.of(meters, CollectorPush.start(collector)));
  }

  private Linger linger() {
    int seconds = options.metrics().linger();
    if (seconds > 0 && options.metricsPort() == null && !options.page()) {
      throw new ParameterException(
          command.commandLine(),
          "--metrics-linger keeps the port of --metrics-port or --page open; give one of them");
    }
    return new Linger(seconds, context.terminal().err(), context.interruption());
  }

  private List<TrainingListener> epochs(Terminal terminal) {
    if (options.quiet()) {
      return List.of();
    }
    EpochTable table = new EpochTable(terminal);
    return terminal.statusLine().isShown()
        ? List.of(table)
        : List.of(table, new ProgressLines(terminal.out(), System::nanoTime));
  }

  /** Says when there is something to save. */
  private record Started(Interruption interruption) implements TrainingListener {
    @Override
    public void runStarted(RunStarted event) {
      interruption.runStarted();
    }

    @Override
    public void runFinished(RunResult event) {
      interruption.runEnded();
    }

    @Override
    public void runFailed(RunFailed event) {
      interruption.runEnded();
    }
  }
}
