package org.roundel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.report.terminal.StandardError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Races Roundel against LibTorch, and measures the memory of either alone. */
@Command(
    name = "duel",
    subcommands = {RoundingDuel.class, OnnxDuel.class},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Races Roundel against LibTorch: the same nets, initial weights, images and Adam, single"
            + " steps in turn. Exit code 1 if the sides do not compute the same.")
public final class Duel implements Callable<Integer> {
  private static final long SEED = 1;
  private static final double LEARNING_RATE = 0.01;
  private static final int MEMORY_WARM_UP = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--net",
      split = ",",
      description = "resnet-N, wrn-N-K, resnet-18, vgg-9, vgg-bc (default: ${DEFAULT-VALUE})",
      defaultValue = "resnet-20,resnet-56,vgg-9,vgg-bc")
  private List<String> nets = List.of();

  @Option(
      names = "--method",
      split = ",",
      description = "methods: ${DEFAULT-VALUE}",
      defaultValue = "none,binary-connect,stochastic-rounding")
  private List<Method> methods = List.of();

  @Option(
      names = "--batch",
      description = "images in a step: ${DEFAULT-VALUE}",
      defaultValue = "128")
  private int batch;

  @Option(
      names = "--size",
      description = "rows and columns of an image: ${DEFAULT-VALUE}",
      defaultValue = "32")
  private int size;

  @Option(names = "--rounds", description = "steps per side: ${DEFAULT-VALUE}", defaultValue = "15")
  private int rounds;

  @Option(
      names = "--warm-up",
      description = "steps per side before: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int warmUp;

  @Option(
      names = "--mode",
      description = "what is raced: train or inference (default: ${DEFAULT-VALUE})",
      defaultValue = "train")
  private Mode mode = Mode.TRAIN;

  @Option(
      names = "--side",
      split = ",",
      description =
          "who races: ${COMPLETION-CANDIDATES} (default: all but roundel-dl4j; frozen ones in"
              + " inference only)")
  private @Nullable List<Contestant> contestants;

  @Option(
      names = "--only",
      paramLabel = "SIDE",
      description = "no race: trains this side alone and prints its memory")
  private @Nullable Contestant only;

  @Option(
      names = "--steps",
      description = "with --only: how many steps (default: ${DEFAULT-VALUE})",
      defaultValue = "200")
  private int steps;

  private boolean allAgree = true;

  private Duel() {}

  /** What is raced. */
  private enum Mode {
    TRAIN,
    INFERENCE
  }

  /** Runs the command line. */
  public static void main(String[] arguments) {
    StandardError.ofProcess();
    NativeLibraries.prepare();
    CommandLine line = new CommandLine(new Duel()).setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Method.class, Method::of);
    line.registerConverter(Contestant.class, Contestant::of);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (!(failure instanceof InvalidInputException)) {
            throw failure;
          }
          command.getErr().println(failure.getMessage());
          return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() {
    Images images = new Images(batch, size, SEED);
    if (only != null) {
      requireTrainable(only);
      measureMemory(only, images);
      return 0;
    }
    List<Contestant> all = contestants();
    NativeLibraries.load();
    print("%s%n", NativeLibraries.describe());
    List<Double> ratios = new ArrayList<>();
    for (String net : nets) {
      for (Method method : methods) {
        ratios.add(race(all, new Task(net, method, images, LEARNING_RATE)));
      }
    }
    if (ratios.size() > 1) {
      double[] numbers = ratios.stream().mapToDouble(Double::doubleValue).toArray();
      print(
          "%nall %d: ratio %.3f in the median, %.3f at worst%n",
          numbers.length, Race.median(numbers), Arrays.stream(numbers).min().orElseThrow());
    }
    return allAgree ? 0 : 1;
  }

  private List<Contestant> contestants() {
    if (contestants == null) {
      return Contestant.usual(mode == Mode.INFERENCE);
    }
    if (contestants.stream().noneMatch(Contestant::isLibTorch)
        || contestants.stream().allMatch(Contestant::isLibTorch)) {
      throw new ParameterException(
          spec.commandLine(), "--side: one of Roundel's and one of LibTorch's must race");
    }
    if (mode == Mode.TRAIN) {
      contestants.forEach(this::requireTrainable);
    }
    return contestants;
  }

  private void requireTrainable(Contestant contestant) {
    if (contestant.isFrozen()) {
      throw new ParameterException(
          spec.commandLine(), contestant + " cannot be trained, it races in inference only");
    }
  }

  /** Races on one net and returns the ratio of medians of Roundel's first side. */
  private double race(List<Contestant> all, Task task) {
    try (Contest contest = new Contest(all, task)) {
      NativeLibraries.checkThreads();
      NativeLibraries.checkOneOpenMp();
      print(
          "%n%s of %,d parameters, %s, %s, batch %d of %dx%d%n",
          task.net(), contest.parameters(), task.method(), mode(), batch, size, size);
      Contest.Agreement agreement =
          mode == Mode.TRAIN ? contest.firstUpdate() : contest.inference();
      List<Side> sides = contest.sides();
      Race race =
          Race.run(
              sides.size(), batch, rounds, warmUp, side -> {}, side -> step(sides.get(side), 1));
      report(contest, agreement, race);
      return race.ratio(0, race.fastestFrom(contest.firstOfLibTorch()));
    }
  }

  private void report(Contest contest, Contest.Agreement agreement, Race race) {
    List<Side> sides = contest.sides();
    print("  %-30s %10s %10s %10s %14s%n", "", "ms a step", "images/s", "best", "first loss");
    for (int side = 0; side < sides.size(); side++) {
      print(
          "  %-30s %10.1f %10.1f %10.1f %14.7g%n",
          sides.get(side).name(),
          1e3 * batch / race.medianPerSecond(side),
          race.medianPerSecond(side),
          race.bestPerSecond(side),
          agreement.losses().get(side));
    }
    int fastest = race.fastestFrom(contest.firstOfLibTorch());
    for (int side = 1; side < contest.firstOfLibTorch(); side++) {
      ratio(sides, race, 0, side);
    }
    for (int side = 0; side < contest.firstOfLibTorch(); side++) {
      ratio(sides, race, side, fastest);
    }
    for (Contest.GradientDifference difference : agreement.gradients()) {
      print(
          "  gradients of %s and %s differ by %.1e at most, in %s%n",
          difference.side().name(),
          difference.other().name(),
          difference.relative(),
          difference.parameter());
    }
    if (!agreement.agrees()) {
      allAgree = false;
      print("  FAILED: the sides do not compute the same%n");
    }
  }

  private static void ratio(List<Side> sides, Race race, int side, int other) {
    print(
        "  %s against %s: %.3f; by rounds %.3f, at worst %.3f%n",
        sides.get(side).name(),
        sides.get(other).name(),
        race.ratio(side, other),
        race.medianRatio(side, other),
        race.worstRatio(side, other));
  }

  private void measureMemory(Contestant contestant, Images images) {
    Task task = new Task(nets.get(0), methods.get(0), images, LEARNING_RATE);
    double before = ResidentMemory.now();
    // Weights of its own, so that nothing of the others is loaded.
    try (Side side =
        contestant.isLibTorch()
            ? new LibTorchSide(contestant, task)
            : new RoundelSide(contestant, task)) {
      int first = Math.min(MEMORY_WARM_UP, steps);
      step(side, first);
      double warm = ResidentMemory.now();
      step(side, steps - first);
      print(
          "%s, %s, %s, %s, batch %d of %dx%d, %d steps%n",
          side.name(), task.net(), task.method(), mode(), batch, size, size, steps);
      double last = ResidentMemory.now();
      print("  %8.1f MiB at most%n", ResidentMemory.peak());
      print("  %8.1f MiB before the net was made%n", before);
      print("  %8.1f MiB of mapped files, native libraries, at the end%n", ResidentMemory.files());
      print("  %+8.1f MiB from step %d to the last%n", last - warm, first);
    }
  }

  private void step(Side side, int count) {
    for (int step = 0; step < count; step++) {
      if (mode == Mode.TRAIN) {
        side.train();
      } else {
        side.infer();
      }
    }
  }

  private String mode() {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format, arguments);
  }
}
