package org.roundel.cli.command.data;

import picocli.CommandLine.Command;

/** The commands for the datasets' files. */
@Command(
    name = "data",
    subcommands = {DataListCommand.class, DataVerifyCommand.class, DataFetchCommand.class},
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
public final class DataCommand {}
