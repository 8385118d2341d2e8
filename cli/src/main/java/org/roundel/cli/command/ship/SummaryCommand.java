package org.roundel.cli.command.ship;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.ConfigurationOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.TrainingMemory;
import org.roundel.core.ship.UntrainedNet;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a net consists of that is not trained yet. */
@Command(
    name = "summary",
    sortOptions = false,
    customSynopsis = "roundel summary MODEL [OPTION]...",
    description = "Show an untrained net layer by layer, and the memory to train it.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel summary resnet-20 --quantizer stochastic-rounding",
      "  roundel summary vgg-9 --dataset synthetic --quantize all --batch-size 64"
    })
public final class SummaryCommand implements Callable<Integer> {
  /** The settings that decide what a net is and what training keeps. */
  public static final List<org.roundel.api.Option<?>> SETTINGS =
      List.of(
          RunSettings.DATASET,
          RunSettings.DATA_DIRECTORY,
          RunSettings.QUANTIZER,
          RunSettings.QUANTIZE,
          RunSettings.OPTIMIZER,
          RunSettings.BATCH_SIZE,
          RunSettings.SHARDS,
          RunSettings.EMA_DECAY);

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigurationOptions configurationOptions = new ConfigurationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "MODEL", description = "a model's name, as in resnet-20")
  private String model = "";

  @Option(names = "--json", order = 3, description = "print one JSON object instead of tables")
  private boolean json;

  public SummaryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    Map<String, String> given =
        new LinkedHashMap<>(configurationOptions.given(spec.commandLine(), context.home()));
    given.put(RunSettings.MODEL.name(), model);
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      RunConfiguration configuration = ConfigurationCheck.of(registry, given);
      UntrainedNet net = UntrainedNet.of(registry, configuration);
      if (json) {
        out.print(NetJson.of(net.summary(), net.memory()));
        return ExitCodes.OK;
      }
      out.println(
          model
              + " on "
              + configuration.get(RunSettings.DATASET)
              + ", to be quantized by "
              + configuration.get(RunSettings.QUANTIZER)
              + " ("
              + configuration.get(RunSettings.QUANTIZE)
              + ")");
      out.println();
      NetReport.lines(net.summary()).forEach(out::println);
      NetReport.advice(net.summary(), configuration.get(RunSettings.QUANTIZE))
          .forEach(out::println);
      out.println();
      print(out, net.memory(), configuration.get(RunSettings.BATCH_SIZE));
    }
    return ExitCodes.OK;
  }

  private static void print(PrintStream out, TrainingMemory memory, int batchSize) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("weights", memory.weights());
    parts.put("gradients", memory.gradients());
    parts.put("latent weights", memory.latent());
    parts.put("optimizer", memory.optimizer());
    parts.put("quantizer, moves", memory.quantizer());
    if (memory.averages() > 0) {
      parts.put("averages", memory.averages());
    }
    parts.put("activations", memory.activations());
    parts.put("all", memory.total());
    new Table<Map.Entry<String, Long>>(
            List.of(
                Column.terminal("PART", Map.Entry::getKey),
                Column.numbersOnTerminal("MEMORY", part -> Texts.bytes(part.getValue()))),
            parts.entrySet())
        .print(out, "Training with a batch size of " + batchSize + " needs, beside the data:");
  }
}
