package org.roundel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Races Roundel against LibTorch, and measures the memory of either alone. */
@Command(
    name = "duel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Races Roundel against LibTorch: the same nets, initial weights, images and Adam, single"
            + " steps in turn. Exit code 1 if the sides do not compute the same.")
public final class Duel implements Callable<Integer> {
  private static final long SEED = 1;
  private static final double LEARNING_RATE = 0.01;
  private static final int MEMORY_WARM_UP = 20;

  @Option(
      names = "--net",
      split = ",",
      description = "nets: ${DEFAULT-VALUE}",
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
      names = "--engine",
      split = ",",
      description = "what runs Roundel's nets, one side each; without: the program's own choice")
  private @Nullable List<String> engines;

  @Option(
      names = "--fold",
      description = "inference: LibTorch folds batch normalisation into the weights before it")
  private boolean fold;

  @Option(
      names = "--only",
      paramLabel = "SIDE",
      description =
          "no race: trains this side alone and prints its memory; roundel, libtorch-nchw or"
              + " libtorch-channels-last")
  private @Nullable String only;

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
    NativeLibraries.prepare();
    CommandLine line = new CommandLine(new Duel()).setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Method.class, Method::of);
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
    Images images = new Images(batch, SEED);
    if (only != null) {
      measureMemory(only, images);
      return 0;
    }
    NativeLibraries.load();
    print("%d processors, Java %s%n", processors(), System.getProperty("java.version"));
    List<Double> ratios = new ArrayList<>();
    for (String net : nets) {
      for (Method method : methods) {
        ratios.add(race(net, method, images));
      }
    }
    if (ratios.size() > 1) {
      double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
      print(
          "%nall %d: ratio %.3f in the median, %.3f at worst%n",
          all.length, Race.median(all), Arrays.stream(all).min().orElseThrow());
    }
    return allAgree ? 0 : 1;
  }

  /** Races on one net and returns the ratio of medians of Roundel's first side. */
  private double race(String net, Method method, Images images) {
    try (Contest contest = new Contest(net, method, engines(), images, LEARNING_RATE)) {
      NativeLibraries.checkOneOpenMp();
      print("%n%s, %s, %s, batch %d%n", net, method, mode.name().toLowerCase(Locale.ROOT), batch);
      Contest.Agreement agreement =
          mode == Mode.TRAIN ? contest.firstUpdate() : contest.inference(fold);
      List<Side> sides = contest.sides();
      Race race =
          Race.run(
              sides.size(), batch, rounds, warmUp, side -> {}, side -> step(sides.get(side), 1));
      report(contest, agreement, race);
      return race.ratio(0, race.fastestFrom(contest.firstOfLibTorch()));
    }
  }

  private void report(Contest contest, Contest.Agreement agreement, Race race) {
    print("  %-24s %10s %10s %14s%n", "images/s", "median", "best", "first loss");
    List<Side> sides = contest.sides();
    for (int side = 0; side < sides.size(); side++) {
      print(
          "  %-24s %10.1f %10.1f %14.7g%n",
          sides.get(side).name(),
          race.medianPerSecond(side),
          race.bestPerSecond(side),
          agreement.losses().get(side));
    }
    int fastest = race.fastestFrom(contest.firstOfLibTorch());
    for (int side = 0; side < contest.firstOfLibTorch(); side++) {
      print(
          "  %s against %s: %.3f; by rounds %.3f, at worst %.3f%n",
          sides.get(side).name(),
          sides.get(fastest).name(),
          race.ratio(side, fastest),
          race.medianRatio(side, fastest),
          race.worstRatio(side, fastest));
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

  private void measureMemory(String name, Images images) {
    String net = nets.get(0);
    Method method = methods.get(0);
    double before = ResidentMemory.now();
    try (Side side = alone(name, net, method, images)) {
      int first = Math.min(MEMORY_WARM_UP, steps);
      step(side, first);
      double warm = ResidentMemory.now();
      step(side, steps - first);
      print(
          "%s, %s, %s, %s, batch %d, %d steps%n",
          side.name(), net, method, mode.name().toLowerCase(Locale.ROOT), batch, steps);
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

  /** Makes a side with fresh weights of its own, so that nothing of the others is loaded. */
  private Side alone(String name, String net, Method method, Images images) {
    for (Layout layout : Layout.values()) {
      if (name.equals("libtorch-" + layout)) {
        return new LibTorchSide(net, method, layout, images, LEARNING_RATE);
      }
    }
    if (!name.equals("roundel")) {
      throw new CommandLine.ParameterException(
          new CommandLine(this),
          "--only: there is no side '"
              + name
              + "'; allowed: roundel, libtorch-nchw, libtorch-channels-last");
    }
    return new RoundelSide(net, method, engines().get(0), images, LEARNING_RATE);
  }

  private List<@Nullable String> engines() {
    return engines == null ? Collections.singletonList(null) : List.copyOf(engines);
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format, arguments);
  }
}
