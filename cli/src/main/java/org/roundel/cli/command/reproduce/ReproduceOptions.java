package org.roundel.cli.command.reproduce;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.error.ExitCodes;
import org.roundel.report.terminal.WorkProgress;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Scale;
import org.roundel.reproduce.experiment.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options of all experiments. */
final class ReproduceOptions {
  private static final int MOST_SEEDS = 10_000;

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      defaultValue = "smoke",
      converter = ScaleConverter.class,
      order = 1,
      description = {
        "smoke: minutes; laptop: a night on two cores, the nets",
        "on CIFAR-10; paper: as published",
        "(default: ${DEFAULT-VALUE})"
      })
  private Scale scale = Scale.SMOKE;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      order = 2,
      description = {
        "random repetitions of everything, from seed 1 on",
        "(default: 2 for smoke, else 3; toy and momentum 5,",
        "else 20; convex 20)"
      })
  private @Nullable Integer seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 3,
      description = {
        "where results are; what is finished there is used",
        "again (default: reproduce/SCALE)"
      })
  private @Nullable Path out;

  @Option(
      names = {"-q", "--quiet"},
      order = 4,
      description = "print the results only")
  private boolean quiet;

  /** Knows the scales by the names that are typed. */
  static final class ScaleConverter implements ITypeConverter<Scale> {
    @Override
    public Scale convert(String text) {
      List<String> names = new ArrayList<>();
      for (Scale known : Scale.values()) {
        if (known.toString().equals(text)) {
          return known;
        }
        names.add(known.toString());
      }
      throw new TypeConversionException("'" + text + "'; allowed: " + String.join(", ", names));
    }
  }

  Scale scale() {
    return scale;
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * Returns how many repetitions there are.
   *
   * @param byDefault if the user did not say
   * @param least the fewest that the experiment allows
   */
  int seeds(CommandLine command, int byDefault, int least) {
    int count = seeds == null ? byDefault : seeds;
    if (count < least || count > MOST_SEEDS) {
      throw new ParameterException(
          command,
          "option '--seeds' is " + count + "; allowed: from " + least + " to " + MOST_SEEDS);
    }
    return count;
  }

  /** Returns the directory of all experiments. */
  Path out() {
    return out == null ? Path.of("reproduce", scale.toString()) : out;
  }

  /**
   * Runs experiments one after the other until one is told to stop.
   *
   * @return the exit code
   */
  int run(CommandContext context, List<? extends Experiment> experiments) throws IOException {
    PrintStream results = context.terminal().out();
    context.interruption().started("Stopping; what is done is kept ...");
    try (WorkProgress progress = new WorkProgress(context.terminal().statusLine())) {
      for (Experiment experiment : experiments) {
        Path directory = out().resolve(experiment.name());
        Files.createDirectories(directory);
        boolean done =
            experiment.run(new Workspace(directory, progress, context.interruption(), results));
        progress.close();
        if (Files.exists(directory.resolve(Experiment.REPORT))) {
          results.println("  report  " + directory.resolve(Experiment.REPORT));
        }
        results.flush();
        if (!done) {
          results.println("Stopped early; the same command goes on where it was.");
          return ExitCodes.INTERRUPTED;
        }
      }
    }
    return ExitCodes.OK;
  }
}
