package org.roundel.cli.command.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.evaluation.NetEvaluation;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.CheckpointEvaluation;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.event.Evaluation;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.FileEvaluation;
import org.roundel.core.ship.NetFiles;
import org.roundel.core.training.Trainer;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a run's net on the test images. */
@Command(
    name = "evaluate",
    sortOptions = false,
    customSynopsis = "roundel evaluate RUN|FILE [OPTION]...",
    description = {
      "Measure the error of a trained net on the test images.",
      "It tells the error (top-5 too, of more than 5 classes), the loss, the errors by",
      "class and which class is taken for which. The net is that of a run, or of a",
      "file that was exported."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel evaluate runs/x",
      "  roundel evaluate runs/x --checkpoint best --json",
      "  roundel evaluate runs/x --confusion confusion.svg --worst worst.png",
      "  roundel evaluate net.safetensors --dataset cifar-10"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TestDataOptions data = new TestDataOptions();
  @Mixin private InferenceOption inference = new InferenceOption();
  @Mixin private EvaluationOptions telling = new EvaluationOptions();
  @Mixin private ThreadsOption threadsOption = new ThreadsOption();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RUN|FILE",
      description = "a run's directory, or a file that was exported")
  private Path source = Path.of("");

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      order = 4,
      description = "of a run: newest, best, or a name in its checkpoints/ (default: newest)")
  private @Nullable String checkpoint;

  public EvaluateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    telling.check(spec.commandLine());
    boolean file = NetFiles.isFile(source);
    if (file && checkpoint != null) {
      throw unfit("--checkpoint is of runs; " + source + " is a file, which holds one net");
    }
    String ofFiles = inference.isGiven() ? "--inference" : data.given();
    if (!file && ofFiles != null) {
      throw unfit(ofFiles + " is of exported files; a run is evaluated as it was trained");
    }
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      telling.tell(context, file ? evaluateFile(registry) : evaluateRun(registry));
    }
    return ExitCodes.OK;
  }

  private ParameterException unfit(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private NetEvaluation evaluateFile(PluginRegistry registry) {
    ShippedNet net = new NetFiles(registry).read(source);
    NetOrigin origin = net.origin();
    Map<String, String> settings = data.settings(spec.commandLine(), origin.dataset());
    threadsOption
        .threads()
        .ifPresent(threads -> settings.put(RunSettings.THREADS.name(), Integer.toString(threads)));
    RunConfiguration configuration = ConfigurationCheck.of(registry, settings);
    FileEvaluation result = FileEvaluation.of(registry, inference.name(), net, configuration);
    note(result.notices());
    String dataset = configuration.get(RunSettings.DATASET);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source.toString());
    facts.put("model", origin.model());
    facts.put("checkpoint", origin.checkpoint().name());
    facts.put("dataset", dataset);
    // The loss of scores that are no logarithms of probabilities is the training's own.
    Evaluation test =
        new Evaluation(result.loss().orElse(Double.NaN), result.error(), result.images());
    return new NetEvaluation(
        origin.model() + ", checkpoint " + origin.checkpoint().name() + ", on " + dataset,
        facts,
        Map.of("file", new TestScores(test, result.classes())),
        result.wrong());
  }

  private NetEvaluation evaluateRun(PluginRegistry registry) {
    Trainer trainer =
        RunExecution.injector(registry, new SimpleMeterRegistry()).getInstance(Trainer.class);
    CheckpointEvaluation result =
        trainer.evaluate(
            source, Objects.requireNonNullElse(checkpoint, "newest"), threadsOption.threads());
    ErrorReporter warnings = new ErrorReporter(context.terminal(), false);
    for (String warning : result.warnings()) {
      warnings.print("warning: " + warning);
    }
    note(result.notices());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source.toString());
    facts.put("checkpoint", result.checkpoint());
    facts.put("updates", result.step());
    Map<String, TestScores> tests = new LinkedHashMap<>();
    tests.put(result.latentTest() == null ? "net" : "quantized", result.test());
    if (result.latentTest() != null) {
      tests.put("latent", result.latentTest());
    }
    return new NetEvaluation(
        "Checkpoint " + result.checkpoint() + ", " + Texts.of(result.step(), "update"),
        facts,
        tests,
        result.wrong());
  }

  private void note(List<String> notices) {
    PrintStream out = telling.json() ? context.terminal().err() : context.terminal().out();
    notices.forEach(notice -> out.println("note: " + notice));
  }
}
