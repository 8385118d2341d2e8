package org.roundel.cli.command.reproduce;

import picocli.CommandLine.Command;

/** The experiments of the paper. */
@Command(
    name = "reproduce",
    subcommands = {
      ReproduceToyCommand.class,
      ReproduceMarkovCommand.class,
      ReproduceConvexCommand.class,
      ReproduceTrainingCommand.Methods.class,
      ReproduceTrainingCommand.BatchSize.class,
      ReproduceTrainingCommand.WeightChanges.class,
      ReproduceTrainingCommand.WeightDecay.class,
      ReproduceTrainingCommand.All.class
    },
    sortOptions = false,
    customSynopsis = "roundel reproduce EXPERIMENT [OPTION]...",
    description = {
      "Repeat the experiments of 'Training Quantized Nets' (Li et al. 2017).",
      "Each writes its data, figures and a report, and says whether the claim holds."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nExperiments:%n")
public final class ReproduceCommand {}
