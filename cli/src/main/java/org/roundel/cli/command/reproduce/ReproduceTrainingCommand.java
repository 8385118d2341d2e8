package org.roundel.cli.command.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.RunExecution;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.reproduce.TheoryExperiments;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.training.TrainingExperiments;
import org.roundel.reproduce.training.WorkPart;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.work.SweepDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs experiments that consist of trainings. */
@Command(
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Every training is a run directory in DIR/runs. Ctrl-C stops after an update;",
      "the same command goes on. Several processes may work in one DIR at a time."
    })
public abstract class ReproduceTrainingCommand implements Callable<Integer> {
  private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,3})/([1-9][0-9]{0,3})");

  private final CommandContext context;
  private final List<String> names;
  private final boolean theory;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ReproduceOptions options = new ReproduceOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--cifar-10",
      paramLabel = "DIR",
      order = 10,
      description = "where CIFAR-10 is (default: as in 'roundel train')")
  private @Nullable Path cifar10;

  @Option(
      names = "--cifar-100",
      paramLabel = "DIR",
      order = 11,
      description = "where CIFAR-100 is (default: as in 'roundel train')")
  private @Nullable Path cifar100;

  @Option(
      names = "--imagenet",
      paramLabel = "DIR",
      order = 12,
      description = {
        "where ImageNet's train/ and val/ are; without it,",
        "paper scale leaves ResNet-18 out"
      })
  private @Nullable Path imageNet;

  @Option(
      names = "--part",
      paramLabel = "K/N",
      order = 13,
      description = {
        "train every Nth run only, from the Kth on, to share",
        "the work between machines; then copy DIR/runs together"
      })
  private @Nullable String part;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      order = 14,
      description = {
        "change a setting of all runs, as in --set epochs=8;",
        "may be given many times"
      })
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * Makes a command.
   *
   * @param names of the experiments that it runs
   * @param theory whether the theory lab runs first, as the paper has it
   */
  private ReproduceTrainingCommand(CommandContext context, List<String> names, boolean theory) {
    this.context = context;
    this.names = names;
    this.theory = theory;
  }

  @Override
  public Integer call() throws Exception {
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      List<Experiment> experiments = new ArrayList<>(trainings(registry));
      if (theory) {
        experiments.addAll(0, TheoryExperiments.of(options.scale(), registry));
      }
      return options.run(context, experiments);
    }
  }

  private List<Experiment> trainings(PluginRegistry registry) {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    int seeds = options.seeds(command, TrainingExperiments.seeds(options.scale()), 1);
    requireChangeable(command);
    requireAllowed(registry);
    CellTrainer trainer = new CellTrainer(RunExecution.trainer(registry, command.getCommandSpec()));
    return TrainingExperiments.of(
        names,
        options.scale(),
        seeds,
        directories(),
        set,
        trainer,
        SweepDirectory.at(options.out()),
        part(command));
  }

  /** Tells what is wrong with the settings of any of the runs before the first is trained. */
  private void requireAllowed(PluginRegistry registry) {
    boolean withImageNet = directories().containsKey(TrainingExperiments.IMAGE_NET);
    ConfigurationProblems problems = new ConfigurationProblems();
    for (Map<String, String> settings :
        TrainingExperiments.settings(names, options.scale(), withImageNet, set)) {
      ConfigurationCheck.addTo(problems, registry, settings);
    }
    problems.throwIfAny();
  }

  private void requireChangeable(CommandLine command) {
    for (String key : set.keySet()) {
      if (TrainingExperiments.CHOSEN.contains(key)) {
        throw new ParameterException(
            command,
            String.format(
                Locale.ROOT,
                "--set %s: an experiment chooses this itself; allowed: any key but %s",
                key,
                String.join(", ", TrainingExperiments.CHOSEN)));
      }
    }
  }

  private Map<String, Path> directories() {
    Map<String, Path> directories = new LinkedHashMap<>();
    put(directories, "cifar-10", cifar10);
    put(directories, "cifar-100", cifar100);
    put(directories, TrainingExperiments.IMAGE_NET, imageNet);
    return directories;
  }

  private static void put(Map<String, Path> map, String dataset, @Nullable Path directory) {
    if (directory != null) {
      map.put(dataset, directory);
    }
  }

  private WorkPart part(CommandLine command) {
    if (part == null) {
      return WorkPart.ALL;
    }
    Matcher matcher = PART.matcher(part);
    if (matcher.matches()) {
      int index = Integer.parseInt(matcher.group(1));
      int count = Integer.parseInt(matcher.group(2));
      if (index <= count) {
        return new WorkPart(index, count);
      }
    }
    throw new ParameterException(
        command,
        "option '--part' is '" + part + "'; allowed: K/N with 1 <= K <= N <= 9999, as in 1/3");
  }

  /** The experiment of this name. */
  @Command(
      name = "methods",
      description = "Train ADAM, BC-ADAM, Big SR-ADAM, SR-ADAM and R-ADAM: Table 1.",
      customSynopsis = "roundel reproduce methods [OPTION]...")
  public static final class Methods extends ReproduceTrainingCommand {
    /** Makes it. */
    public Methods(CommandContext context) {
      super(context, List.of("methods"), false);
    }
  }

  /** The experiment of this name. */
  @Command(
      name = "batch-size",
      description = "SR and BC with batches of 128 to 1024, at equal epochs and updates.",
      customSynopsis = "roundel reproduce batch-size [OPTION]...")
  public static final class BatchSize extends ReproduceTrainingCommand {
    /** Makes it. */
    public BatchSize(CommandContext context) {
      super(context, List.of("batch-size"), false);
    }
  }

  /** The experiment of this name. */
  @Command(
      name = "weight-changes",
      description = "How many weights change their sign, by layer and epoch.",
      customSynopsis = "roundel reproduce weight-changes [OPTION]...")
  public static final class WeightChanges extends ReproduceTrainingCommand {
    /** Makes it. */
    public WeightChanges(CommandContext context) {
      super(context, List.of("weight-changes"), false);
    }
  }

  /** The experiment of this name. */
  @Command(
      name = "weight-decay",
      description = "What weight decay does to BinaryConnect.",
      customSynopsis = "roundel reproduce weight-decay [OPTION]...")
  public static final class WeightDecay extends ReproduceTrainingCommand {
    /** Makes it. */
    public WeightDecay(CommandContext context) {
      super(context, List.of("weight-decay"), false);
    }
  }

  /** All experiments, the theory lab first. */
  @Command(
      name = "all",
      description = "All of these, the theory lab with its own numbers of seeds.",
      customSynopsis = "roundel reproduce all [OPTION]...")
  public static final class All extends ReproduceTrainingCommand {
    /** Makes it. */
    public All(CommandContext context) {
      super(context, TrainingExperiments.ALL, true);
    }
  }
}
