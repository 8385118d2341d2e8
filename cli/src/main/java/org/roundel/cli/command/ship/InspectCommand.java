package org.roundel.cli.command.ship;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.NetSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a trained net consists of. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Show a trained net layer by layer: weights, bits, values, bytes.",
      "Values stand with their shares. The run may be going on."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel inspect runs/x",
      "  roundel inspect net.safetensors --json",
      "",
      "Where each filter has a scale of its own, values are multiples of it."
    })
public final class InspectCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RUN|FILE",
      description = "a run's directory, or a file that was exported")
  private Path source = Path.of("");

  @Option(names = "--json", order = 1, description = "print one JSON object instead of a table")
  private boolean json;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      order = 2,
      description = "of a run: newest, best, or a name (default: newest)")
  private @Nullable String checkpoint;

  public InspectCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      ShippedNet net =
          NetSource.read(
              registry, source, checkpoint, spec.commandLine(), context.terminal().err());
      NetSummary summary = NetSummary.of(net);
      if (json) {
        out.print(NetJson.of(net, summary));
        return ExitCodes.OK;
      }
      NetOrigin origin = net.origin();
      out.println(
          origin.model()
              + " on "
              + origin.dataset()
              + ", quantized by "
              + origin.quantizer()
              + " ("
              + origin.quantize()
              + "), checkpoint "
              + origin.checkpoint().name());
      out.println();
      NetReport.lines(summary).forEach(out::println);
      NetReport.advice(summary, origin.quantize()).forEach(out::println);
    }
    return ExitCodes.OK;
  }
}
