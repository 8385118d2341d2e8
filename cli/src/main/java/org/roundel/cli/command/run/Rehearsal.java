package org.roundel.cli.command.run;

import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.progress.BarListener;
import org.roundel.cli.progress.JsonEvents;
import org.roundel.cli.progress.RehearsalSummary;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunStarted;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.TrainingMemory;
import org.roundel.core.ship.UntrainedNet;
import org.roundel.core.training.NewRun;
import org.roundel.report.terminal.Terminal;

/** Does what comes before a run's first update, and says what the run would be. */
final class Rehearsal {
  private final CommandContext context;
  private final PluginRegistry plugins;
  private final RunOptions options;

  Rehearsal(CommandContext context, PluginRegistry plugins, RunOptions options) {
    this.context = context;
    this.plugins = plugins;
    this.options = options;
  }

  /** Rehearses a run and prints what it would be. */
  void of(NewRun run) {
    Terminal terminal = context.terminal();
    RunStarted planned;
    TrainingMemory memory;
    try (BarListener bar = new BarListener(options.statusLine(terminal))) {
      planned = RunExecution.trainer(plugins).rehearse(run, bar);
      memory = options.json() ? null : memory(planned.configuration());
    }
    if (options.json()) {
      new JsonEvents(terminal.out()).runStarted(planned);
    } else {
      new RehearsalSummary(terminal).print(planned, memory);
    }
  }

  /** A net need not have the form that memory is measured in. */
  private @Nullable TrainingMemory memory(RunConfiguration configuration) {
    try {
      return UntrainedNet.of(plugins, configuration).memory();
    } catch (RoundelException unknown) {
      return null;
    }
  }
}
