package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;
import org.roundel.reproduce.experiment.WelchTest;

/** What weight decay does to BinaryConnect: it pulls the latent weights to 0, away from ±1. */
final class WeightDecayExperiment implements TrainingExperiment {
  private static final List<Double> DECAYS = List.of(0.0, 1e-5, 1e-4, 1e-3);
  private static final double PUBLISHED = 1e-5;
  private static final List<Integer> COLORS =
      List.of(
          Palette.BINARY_CONNECT,
          Palette.ADAM,
          Palette.STOCHASTIC_ROUNDING,
          Palette.DETERMINISTIC_ROUNDING);

  private final Protocol protocol;
  private final Task task;

  WeightDecayExperiment(Protocol protocol) {
    this.protocol = protocol;
    this.task = protocol.task("resnet-56");
  }

  @Override
  public String name() {
    return "weight-decay";
  }

  @Override
  public String title() {
    return "Weight decay and BinaryConnect";
  }

  @Override
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= protocol.seeds(); seed++) {
      for (double decay : DECAYS) {
        trials.add(new Trial(task, Method.BINARY_CONNECT, task.batchSize(), decay, seed));
      }
    }
    return trials;
  }

  private static Results of(Results results, double decay) {
    return results.where(trial -> trial.weightDecay() == decay);
  }

  @Override
  public void describe(Results results, Path directory, Report report, PrintStream out) {
    List<Curve> errors = new ArrayList<>();
    List<Curve> gaps = new ArrayList<>();
    List<Double> trained = new ArrayList<>();
    for (int index = 0; index < DECAYS.size(); index++) {
      double decay = DECAYS.get(index);
      Results of = of(results, decay);
      if (!of.isEmpty()) {
        String name = "decay " + Trial.decayText(decay);
        int color = COLORS.get(index);
        trained.add(decay);
        Curves.addErrors(errors, name, color, of);
        gaps.add(Curves.byEpoch(name, color, Line.SOLID, of, Curves::latentGap));
      }
    }
    Table<Double> table = table(results, trained);
    List<Claim> claims = claims(results);
    report.put("task", task.label());
    report.put("results", table);
    report.put(
        "errors",
        ChartFiles.write(
            directory, "errors", Curves.errors("Error by epoch, " + task.label(), errors)));
    report.put(
        "gap",
        ChartFiles.write(
            directory,
            "gap",
            new LineChart(
                "Gap between binary and latent weights",
                Axis.linear("epoch"),
                Axis.linear("mean |w_b − w_r|").from(0).to(1),
                gaps)));
    report.put("claims", claims);
    out.println();
    table.print(out, task.label() + ": BinaryConnect with weight decay");
    Claim.print(out, claims);
  }

  private static Table<Double> table(Results results, List<Double> decays) {
    return new Table<>(
        List.of(
            Column.of("decay", Trial::decayText),
            Column.<Double>of(
                    "test error, %, mean ± sd",
                    decay -> Percent.of(of(results, decay).lastErrors()))
                .onTerminal("test error, %"),
            Column.<Double>of("gap, mean (range)", decay -> range(gap(results, decay)))
                .onTerminal("gap")),
        decays);
  }

  private static String range(Sample sample) {
    return String.format(
        Locale.ROOT, "%.4f (%.4f to %.4f)", sample.mean(), sample.minimum(), sample.maximum());
  }

  private static List<Claim> claims(Results results) {
    List<Claim> claims = new ArrayList<>();
    for (double decay : DECAYS.subList(1, DECAYS.size())) {
      String recalled = decay == PUBLISHED ? " (as we recall the paper)" : "";
      String name = "A decay of " + Trial.decayText(decay);
      claims.add(
          WelchTest.below(
              name + " pulls the latent weights to 0: the gap grows" + recalled + ".",
              hundredfold(gap(results, 0)),
              hundredfold(gap(results, decay)),
              "hundredths"));
      claims.add(
          WelchTest.below(
              name + " raises the test error" + recalled + ".",
              of(results, 0).lastErrors(),
              of(results, decay).lastErrors()));
    }
    return claims;
  }

  private static Sample gap(Results results, double decay) {
    return of(results, decay).last(Curves::latentGap);
  }

  private static Sample hundredfold(Sample sample) {
    return new Sample(Arrays.stream(sample.values()).map(value -> 100 * value).toArray());
  }
}
