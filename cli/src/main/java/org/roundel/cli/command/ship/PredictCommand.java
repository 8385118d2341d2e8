package org.roundel.cli.command.ship;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.ShippedNet;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.InferenceOption;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.image.ImageFiles;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.RunningNet;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is on images. */
@Command(
    name = "predict",
    sortOptions = false,
    customSynopsis = "roundel predict RUN|FILE [OPTION]... IMAGE|DIR...",
    description = {
      "Say by a trained net what is on images: class names and their probabilities.",
      "Images have the size that the net takes. Files that cannot be read are named",
      "and left out; the exit code is then 3."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel predict net.safetensors image.png",
      "  roundel predict runs/x images --top 3",
      "  roundel predict net.safetensors images --csv > classes.csv"
    })
public final class PredictCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InferenceOption inference = new InferenceOption();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "RUN|FILE",
      description = "a run's directory, or a file that was exported")
  private Path source = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE|DIR",
      description = "image files, PNG or JPEG for example, or directories of them")
  private List<Path> images = List.of();

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      order = 1,
      description = "how many classes of each image, the likeliest first (default: 1)")
  private int top = 1;

  @ArgGroup(exclusive = true, order = 2)
  private @Nullable Form form;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      order = 4,
      description = "of a run: newest, best, or a name (default: newest)")
  private @Nullable String checkpoint;

  /** How it is printed; one of them at most. */
  static final class Form {
    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    @Option(names = "--csv", description = "print comma-separated values instead of a table")
    private boolean csv;
  }

  public PredictCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ParameterException(
          spec.commandLine(), "--top is how many classes, at least 1; found " + top);
    }
    PrintStream out = context.terminal().out();
    PrintStream err = context.terminal().err();
    List<Path> files = ImageFiles.of(images);
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      ShippedNet net = NetSource.read(registry, source, checkpoint, spec.commandLine(), err);
      ComputeThreads.set(0);
      ImageScores scores;
      try (RunningNet running = new RunningNet(registry, inference.name(), net)) {
        scores = ImageScores.of(running, net, files);
      }
      List<List<Prediction>> shown =
          scores.predictions().stream()
              .map(all -> all.subList(0, Math.min(top, all.size())))
              .toList();
      if (form != null && form.json) {
        out.print(json(shown, scores.faults()));
      } else {
        Table<Prediction> table = table(net, shown.stream().flatMap(List::stream).toList());
        if (form != null && form.csv) {
          table.printData(out);
        } else if (!table.isEmpty()) {
          table.lines().forEach(out::println);
        }
      }
      ErrorReporter errors = new ErrorReporter(context.terminal(), false);
      scores.faults().forEach(fault -> errors.print(fault.file() + ": " + fault.reason()));
      return scores.faults().isEmpty() ? ExitCodes.OK : ExitCodes.CONFIGURATION;
    }
  }

  private static Table<Prediction> table(ShippedNet net, List<Prediction> predictions) {
    boolean softmax = net.graph().softmax();
    return new Table<>(
        List.of(
            Column.<Prediction>terminal("FILE", prediction -> prediction.file().toString())
                .inData("file", Prediction::file),
            Column.data("rank", Prediction::rank),
            Column.data("index", Prediction::index),
            Column.<Prediction>terminal("CLASS", Prediction::className)
                .inData("class", Prediction::className),
            Column.<Prediction>numbersOnTerminal(
                    softmax ? "PROBABILITY" : "SCORE", prediction -> number(softmax, prediction))
                .inData("probability", Prediction::probability),
            Column.data("score", Prediction::score)),
        predictions);
  }

  private static String number(boolean softmax, Prediction prediction) {
    return softmax
        ? String.format(Locale.ROOT, "%.4f", prediction.probability())
        : String.format(Locale.ROOT, "%.4g", prediction.score());
  }

  private static String json(List<List<Prediction>> images, List<ImageScores.Fault> faults) {
    ObjectNode root = new JsonMapper().createObjectNode();
    ArrayNode nodes = root.putArray("images");
    for (List<Prediction> image : images) {
      ObjectNode node = nodes.addObject();
      node.put("file", image.get(0).file().toString());
      ArrayNode classes = node.putArray("classes");
      for (Prediction prediction : image) {
        ObjectNode one = classes.addObject();
        one.put("index", prediction.index()).put("class", prediction.className());
        if (!Double.isNaN(prediction.probability())) {
          one.put("probability", prediction.probability());
        }
        one.put("score", prediction.score());
      }
    }
    ArrayNode unreadable = root.putArray("unreadable");
    for (ImageScores.Fault fault : faults) {
      unreadable.addObject().put("file", fault.file().toString()).put("reason", fault.reason());
    }
    return root.toPrettyString() + "\n";
  }
}
