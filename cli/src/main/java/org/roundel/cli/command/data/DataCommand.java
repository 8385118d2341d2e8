package org.roundel.cli.command.data;

import java.util.List;
import org.roundel.cli.command.context.CommandGroup;
import picocli.CommandLine.Command;

/** The commands for the datasets' files. */
@Command(
    name = "data",
    sortOptions = false,
    description = "List, check and download what nets are trained on.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel data list",
      "  roundel data fetch cifar-10",
      "  roundel data verify cifar-10 --data-dir D"
    })
public final class DataCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(DataListCommand.class, DataVerifyCommand.class, DataFetchCommand.class);
  }
}
