package org.roundel.cli.command.sweep;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommandGroup;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.RunExecution;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.Trainer;
import org.roundel.report.terminal.Texts;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.plan.SweepPlan;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.SweepGrowth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the directory of a sweep. */
@Command(
    name = "sweep",
    sortOptions = false,
    customSynopsis = {
      "roundel sweep [OPTION]... FILE --out DIR",
      "       roundel sweep status [OPTION]... DIR"
    },
    description = {
      "Prepare many trainings in one directory, for 'roundel work'.",
      "FILE says what varies: a grid or a list of any settings, and seeds. Everything",
      "is checked before anything is written. The same file again does nothing, one",
      "with more in it adds cells, and one that would change a cell is refused."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel sweep methods.yaml --dry-run",
      "  roundel sweep methods.yaml --out sweeps/methods",
      "  roundel work sweeps/methods",
      "  roundel sweep status sweeps/methods",
      "",
      "docs/sweeps.md says what FILE may have."
    })
public final class SweepCommand implements Callable<Integer>, CommandGroup {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "the sweep file: base, grid, list, seeds, exclude, name")
  private @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 1,
      description = {"the sweep's directory, made where it is missing;", "has no default"})
  private @Nullable Path out;

  @Option(
      names = "--dry-run",
      order = 2,
      description = "check all, print the cells, and write nothing")
  private boolean rehearses;

  public SweepCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(SweepStatusCommand.class);
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    Path source = file;
    if (source == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required parameter: FILE, which says what varies");
    }
    Path directory = out;
    if (directory == null && !rehearses) {
      throw new ParameterException(
          command.commandLine(),
          "Missing required option: --out DIR, the directory of the sweep; or give --dry-run");
    }
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      List<Cell> cells =
          SweepPlan.read(source, registry, name -> Recipes.of(context.home()).read(name));
      SweepDirectory sweep = directory == null ? null : SweepDirectory.at(directory);
      SweepGrowth planned = SweepGrowth.of(sweep == null ? List.of() : sweep.cells(), cells, true);
      checkData(RunExecution.trainer(registry, command), cells);
      if (rehearses || sweep == null) {
        new CellTable(planned.cells()).print(context.terminal().out());
        context.terminal().out().println("Nothing was written.");
        return ExitCodes.OK;
      }
      tell(sweep.path(), sweep.grow(cells, true, Files.readString(source)));
      return ExitCodes.OK;
    }
  }

  /** Data that are missing are told before hours of training; once for all cells that have them. */
  private static void checkData(Trainer trainer, List<Cell> cells) {
    Set<Map<String, String>> checked = new HashSet<>();
    for (Cell cell : cells) {
      Map<String, String> data = new TreeMap<>(cell.configuration().resolved());
      data.keySet().removeIf(key -> !isOfData(key));
      if (checked.add(data)) {
        trainer.check(cell.configuration());
      }
    }
  }

  private static boolean isOfData(String key) {
    String dataset = RunSettings.DATASET.name();
    return key.equals(dataset)
        || key.startsWith(dataset + ".")
        || key.equals(RunSettings.DATA_DIRECTORY.name())
        || key.equals(RunSettings.INITIAL_WEIGHTS.name())
        || key.startsWith(LossSettings.TEACHER.name());
  }

  private void tell(Path directory, SweepGrowth growth) {
    PrintStream terminal = context.terminal().out();
    int before = growth.cells().size() - growth.added();
    String cells = Texts.of(growth.cells().size(), "cell");
    if (growth.added() == 0) {
      terminal.println(directory + " has these " + cells + " already; nothing was written.");
    } else if (before > 0) {
      terminal.println(directory + " has " + cells + ", of which " + growth.added() + " are new.");
    } else {
      terminal.println(directory + " has " + cells + ".");
    }
    String word = MessageText.shellWord(directory);
    terminal.println("  work    roundel work " + word);
    terminal.println("  status  roundel sweep status " + word);
  }
}
