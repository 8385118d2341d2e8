package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Table;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Order;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;

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
    report.paragraph(
        "BinaryConnect on "
            + task.label()
            + ". The decay times the latent weight w_r is added to its gradient (L2 penalty, before"
            + " Adam's normalisation). The gap is mean|w_b − w_r| over the convolution weights:"
            + " with w_b = ±1 and |w_r| ≤ 1 it is 1 − mean|w_r|, so 0 means that the latent"
            + " weights are at ±1 and 1 that they are at 0, where any noise flips them.");
    Table table = new Table("decay", "test error, %", "gap");
    List<List<String>> rows = new ArrayList<>();
    List<Curve> errors = new ArrayList<>();
    List<Curve> gaps = new ArrayList<>();
    for (int index = 0; index < DECAYS.size(); index++) {
      double decay = DECAYS.get(index);
      Results of = of(results, decay);
      if (of.isEmpty()) {
        continue;
      }
      Sample gap = gap(of);
      List<String> row =
          List.of(
              Trial.decayText(decay),
              Percent.of(new Sample(of.lastErrors())),
              String.format(
                  Locale.ROOT, "%.4f (%.4f to %.4f)", gap.mean(), gap.minimum(), gap.maximum()));
      rows.add(row);
      table.add(row.toArray(String[]::new));
      Curves.addErrors(errors, "decay " + Trial.decayText(decay), COLORS.get(index), of);
      gaps.add(
          Curves.byEpoch(
              "decay " + Trial.decayText(decay),
              COLORS.get(index),
              Line.SOLID,
              of,
              Curves::latentGap));
    }
    out.println();
    out.println(task.label() + ": BinaryConnect with weight decay");
    table.lines().forEach(line -> out.println("  " + line));
    report.heading("After the last epoch");
    report.table(List.of("decay", "test error, %, mean ± sd", "gap, mean (range)"), rows);
    report.figure(
        ChartFiles.write(
            directory,
            "errors",
            new LineChart(
                "Error by epoch, " + task.label(),
                Axis.linear("epoch"),
                Axis.linear("error (%)"),
                errors)),
        "Mean over seeds; the band goes from the best seed to the worst.");
    report.figure(
        ChartFiles.write(
            directory,
            "gap",
            new LineChart(
                "Gap between binary and latent weights",
                Axis.linear("epoch"),
                Axis.linear("mean |w_b − w_r|").from(0).to(1),
                gaps)),
        "Mean over seeds of the gap over all convolution weights.");
    report.heading("Claims");
    Claim.tell(claims(results), report, out);
  }

  private static List<Claim> claims(Results results) {
    List<Claim> claims = new ArrayList<>();
    for (double decay : DECAYS.subList(1, DECAYS.size())) {
      String recalled = decay == PUBLISHED ? " (as we recall the paper)" : "";
      String name = "A decay of " + Trial.decayText(decay);
      Order pull = Order.of(hundredfold(gap(of(results, 0))), hundredfold(gap(of(results, decay))));
      claims.add(
          new Claim(
              pull.verdict(),
              name + " pulls the latent weights to 0: the gap grows" + recalled + ".",
              pull.words().replace("points", "hundredths")));
      claims.add(
          Claim.of(
              name + " raises the test error" + recalled + ".",
              Order.of(
                  new Sample(of(results, 0).lastErrors()),
                  new Sample(of(results, decay).lastErrors()))));
    }
    return claims;
  }

  private static Sample gap(Results results) {
    return new Sample(
        results.each(record -> Curves.latentGap(record.epochs().get(record.epochs().size() - 1))));
  }

  private static Sample hundredfold(Sample sample) {
    double[] values = sample.values().clone();
    for (int index = 0; index < values.length; index++) {
      values[index] *= 100;
    }
    return new Sample(values);
  }
}
