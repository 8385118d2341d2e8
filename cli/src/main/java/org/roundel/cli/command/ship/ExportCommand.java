package org.roundel.cli.command.ship;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.roundel.api.MessageText;
import org.roundel.api.net.ShippedNet;
import org.roundel.cli.command.context.Assignments;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.NetFiles;
import org.roundel.core.ship.NetSummary;
import org.roundel.core.ship.ShippedRun;
import org.roundel.core.ship.ShippedRuns;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a finished run's net into a file that other programs read. */
@Command(
    name = "export",
    sortOptions = false,
    customSynopsis = "roundel export RUN --format FORMAT --out FILE [OPTION]...",
    description = "Write a finished run's net into a file that other programs read.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel export runs/x --format safetensors --out net.safetensors",
      "  roundel list exporter           the formats that there are",
      "  roundel describe safetensors    what one of them is, and its options"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final String PREFIX = "exporter.";

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "the run's directory")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      order = 1,
      description = "an exporter's name, as in safetensors")
  private String format = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "where the file goes; its directory exists")
  private Path out = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "exporter.KEY=VALUE",
      order = 3,
      description = "set an option of the exporter; may be given many times")
  private List<String> set = List.of();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "newest",
      order = 4,
      description = "newest, best, or a name in the run's checkpoints/ (default: ${DEFAULT-VALUE})")
  private String checkpoint = "newest";

  @Option(names = "--force", order = 5, description = "replace a file that is there already")
  private boolean force;

  public ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream terminal = context.terminal().out();
    Map<String, String> options = options();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      ShippedRun shipped = new ShippedRuns(registry).read(run, checkpoint);
      shipped.requireFinished();
      ShippedNet net = shipped.net();
      List<Path> files =
          new NetFiles(registry).write(net, new NetFiles.Target(format, options, out, force));
      shipped.notices().forEach(notice -> terminal.println("note: " + notice));
      terminal.println(net.origin().model() + ", checkpoint " + net.origin().checkpoint().name());
      NetSummary summary = NetSummary.of(net);
      for (Path file : files) {
        terminal.println("  " + file + "  " + Texts.count(Files.size(file)) + " bytes");
      }
      // The file's own size says nothing where the format is text.
      terminal.println(
          "  its numbers, packed  "
              + Texts.count(summary.bytes())
              + " bytes, "
              + NetReport.ratio(summary.floatBytes(), summary.bytes()));
      NetReport.advice(summary, net.origin().quantize()).forEach(terminal::println);
    }
    return ExitCodes.OK;
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    Assignments.of(spec.commandLine(), set, "exporter.fold=true")
        .forEach(
            (key, value) -> {
              if (!key.startsWith(PREFIX)) {
                throw new ParameterException(
                    spec.commandLine(),
                    "--set takes options of the exporter here, as in --set exporter.fold=true;"
                        + " found "
                        + MessageText.quoted(key));
              }
              options.put(key.substring(PREFIX.length()), value);
            });
    return options;
  }
}
