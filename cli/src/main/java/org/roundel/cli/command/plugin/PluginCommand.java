package org.roundel.cli.command.plugin;

import java.util.List;
import org.roundel.cli.command.context.CommandGroup;
import picocli.CommandLine.Command;

/** The commands for plugins. */
@Command(
    name = "plugin",
    sortOptions = false,
    description = "Write, check and lock plugins; find out what is wrong with one.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel plugin new power-of-two --kind quantizer",
      "  roundel plugin check power-of-two.jar",
      "  roundel plugin doctor",
      "  roundel plugin lock"
    })
public final class PluginCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        PluginNewCommand.class,
        PluginCheckCommand.class,
        PluginDoctorCommand.class,
        PluginLockCommand.class);
  }
}
