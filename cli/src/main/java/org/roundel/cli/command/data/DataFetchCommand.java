package org.roundel.cli.command.data;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.data.DatasetFetcher;
import org.roundel.cli.data.Downloader;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.progress.FetchProgress;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Downloads a dataset. */
@Command(
    name = "fetch",
    sortOptions = false,
    description = "Download the files of a dataset from their official address.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "A download that was cut short goes on where it stopped.",
      "Every file's checksum is checked."
    })
public final class DataFetchCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  public DataFetchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (PluginRegistry registry = common.loadAndWarn(context);
        FetchProgress progress = new FetchProgress(context.terminal())) {
      Selected<DatasetFactory> dataset = registry.dataset(data.name());
      Path directory =
          dataset.call(
              "could not be fetched",
              factory -> {
                new DatasetFetcher(new Downloader()).fetch(factory, data.directory(), progress);
                return data.directory();
              });
      progress.close();
      context.terminal().out().println(data.name() + " is in " + directory);
    }
    return ExitCodes.OK;
  }
}
