package org.roundel.cli.command;

import picocli.CommandLine.Command;

/** The commands for plugins. */
@Command(
    name = "plugin",
    sortOptions = false,
    description = "Examine plugins.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  roundel plugin doctor"})
final class PluginCommand {}
