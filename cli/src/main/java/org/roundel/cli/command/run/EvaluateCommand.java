package org.roundel.cli.command.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.evaluation.CheckpointEvaluation;
import org.roundel.core.event.Evaluation;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.Trainer;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a run's net on the test images. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = "Measure the error of a run's net on the test images.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  roundel evaluate runs/x", "  roundel evaluate runs/x --checkpoint best"})
public final class EvaluateCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private ThreadsOption threadsOption = new ThreadsOption();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "the run's directory")
  private Path run = Path.of("");

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "newest",
      description = "newest, best, or a name in the run's checkpoints/ (default: ${DEFAULT-VALUE})")
  private String checkpoint = "newest";

  public EvaluateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    OptionalInt threads = threadsOption.threads();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      Trainer trainer =
          RunExecution.injector(registry, new SimpleMeterRegistry()).getInstance(Trainer.class);
      CheckpointEvaluation result = trainer.evaluate(run, checkpoint, threads);
      ErrorReporter warnings = new ErrorReporter(context.terminal().err(), false);
      for (String warning : result.warnings()) {
        warnings.print("warning: " + warning);
      }
      for (String notice : result.notices()) {
        out.println("note: " + notice);
      }
      out.println("Checkpoint " + result.checkpoint() + ", " + Texts.of(result.step(), "update"));
      Map<String, Evaluation> tests = new LinkedHashMap<>();
      tests.put(result.latentTest() == null ? "net" : "quantized", result.test());
      if (result.latentTest() != null) {
        tests.put("latent", result.latentTest());
      }
      table(tests).lines().forEach(line -> out.println("  " + line));
    }
    return ExitCodes.OK;
  }

  /** Returns a row for each kind of weights. */
  private static Table<Map.Entry<String, Evaluation>> table(Map<String, Evaluation> tests) {
    return new Table<>(
        List.of(
            Column.terminal("weights", Map.Entry::getKey),
            Column.terminal("test error", test -> Texts.percent(test.getValue().error())),
            Column.terminal("loss", test -> Texts.loss(test.getValue().loss())),
            Column.terminal("images", test -> Texts.count(test.getValue().images()))),
        tests.entrySet());
  }
}
