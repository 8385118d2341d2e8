package org.roundel.cli.command.reproduce;

import java.util.List;
import org.roundel.cli.command.context.CommandGroup;
import picocli.CommandLine.Command;

/** The experiments of the paper. */
@Command(
    name = "reproduce",
    sortOptions = false,
    customSynopsis = "roundel reproduce EXPERIMENT [OPTION]...",
    description = {
      "Repeat the experiments of 'Training Quantized Nets' (Li et al. 2017).",
      "Each writes its data, figures and a report, and says whether the claim holds."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nExperiments:%n")
public final class ReproduceCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ReproduceToyCommand.class,
        ReproduceMarkovCommand.class,
        ReproduceConvexCommand.class,
        ReproduceMomentumCommand.class,
        ReproduceTrainingCommand.Methods.class,
        ReproduceTrainingCommand.BatchSize.class,
        ReproduceTrainingCommand.WeightChanges.class,
        ReproduceTrainingCommand.WeightDecay.class,
        ReproduceTrainingCommand.All.class);
  }
}
