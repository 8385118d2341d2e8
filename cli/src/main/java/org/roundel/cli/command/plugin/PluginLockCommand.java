package org.roundel.cli.command.plugin;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.PluginsDirectory;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.plugin.load.PluginLock;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes down which plugins there are, so that others can be refused. */
@Command(
    name = "lock",
    sortOptions = false,
    description = {
      "Write down the SHA-256 of every plugin's JAR, for --plugins-lock.",
      "",
      "It runs nothing of the plugins. The file is one that 'sha256sum -c' reads in",
      "the plugins directory; one that is there already is replaced."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  roundel plugin lock", "  roundel train --plugins-lock plugins.lock"})
public final class PluginLockCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "where to write it (default: ${DEFAULT-VALUE})")
  private Path file = Path.of("plugins.lock");

  @Mixin private PluginsDirectory plugins = new PluginsDirectory();

  public PluginLockCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path directory = plugins.path(context);
    PluginLock lock = PluginLock.of(directory);
    lock.write(file);
    context
        .terminal()
        .out()
        .println(file + " allows the " + Texts.of(lock.size(), "JAR") + " of " + directory);
    return ExitCodes.OK;
  }
}
