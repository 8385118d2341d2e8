package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Table;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Order;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;

/** How many weights change their sign while training: the paper's figures on weight changes. */
final class WeightChangesExperiment implements TrainingExperiment {
  private static final List<Method> METHODS =
      List.of(Method.BINARY_CONNECT, Method.STOCHASTIC_ROUNDING, Method.DETERMINISTIC_ROUNDING);

  private final Protocol protocol;
  private final Task task;

  WeightChangesExperiment(Protocol protocol) {
    this.protocol = protocol;
    this.task = protocol.task("vgg-bc");
  }

  @Override
  public String name() {
    return "weight-changes";
  }

  @Override
  public String title() {
    return "How many weights change their sign";
  }

  @Override
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= protocol.seeds(); seed++) {
      for (Method method : METHODS) {
        trials.add(Trial.of(task, method, seed));
      }
    }
    return trials;
  }

  @Override
  public void describe(Results results, Path directory, Report report, PrintStream out) {
    report.paragraph(
        "A weight has changed if its sign differs from the start of training, or from five epochs"
            + " before; sign(0) is +1. Convolution weights are quantized, linear ones are not: they"
            + " are shown apart. "
            + task.label()
            + ", batches of "
            + task.batchSize()
            + ".");
    Table table = new Table("method", "conv since start", "conv in 5 epochs", "linear since start");
    List<List<String>> rows = new ArrayList<>();
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      if (of.isEmpty()) {
        continue;
      }
      List<String> row =
          List.of(
              method.label(),
              Percent.of(since(of, ParameterRole.CONVOLUTION_WEIGHT)),
              Percent.of(
                  last(
                      of,
                      epoch ->
                          Curves.changedInFiveEpochs(epoch, ParameterRole.CONVOLUTION_WEIGHT))),
              Percent.of(since(of, ParameterRole.LINEAR_WEIGHT)));
      rows.add(row);
      table.add(row.toArray(String[]::new));
    }
    out.println();
    out.println(task.label() + ": weights that changed their sign, in percent");
    table.lines().forEach(line -> out.println("  " + line));
    report.heading("After the last epoch");
    report.paragraph("Percent of all weights of the kind, mean ± standard deviation over seeds.");
    report.table(
        List.of("method", "conv since start", "conv in 5 epochs", "linear since start"), rows);
    overview(results, directory, report, ParameterRole.CONVOLUTION_WEIGHT, "convolution");
    overview(results, directory, report, ParameterRole.LINEAR_WEIGHT, "linear");
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      if (!of.isEmpty()) {
        layers(method, of, directory, report);
      }
    }
    judge(results, report, out);
  }

  private static Sample last(Results results, ToDoubleFunction<EpochCompleted> figure) {
    return new Sample(
        results.each(
            record -> figure.applyAsDouble(record.epochs().get(record.epochs().size() - 1))));
  }

  private static Sample since(Results results, ParameterRole role) {
    return last(results, epoch -> Curves.changedSinceStart(epoch, role));
  }

  private void overview(
      Results results, Path directory, Report report, ParameterRole role, String kind) {
    List<Curve> since = new ArrayList<>();
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      if (of.isEmpty()) {
        continue;
      }
      since.add(
          Curves.byEpoch(
              method.label() + ", since start",
              method.color(),
              Line.SOLID,
              of,
              epoch -> Curves.changedSinceStart(epoch, role)));
      since.add(
          Curves.byEpoch(
              method.label() + ", in 5 epochs",
              method.color(),
              Line.DASHED,
              of,
              epoch -> Curves.changedInFiveEpochs(epoch, role)));
    }
    report.heading("All " + kind + " weights");
    report.figure(
        ChartFiles.write(
            directory,
            "changes-" + kind,
            new LineChart(
                "Changed " + kind + " weights, " + task.label(),
                Axis.linear("epoch"),
                Axis.linear("changed weights (%)").from(0),
                since)),
        "Mean over seeds; the band goes from the least seed to the greatest.");
  }

  private void layers(Method method, Results results, Path directory, Report report) {
    List<Curve> curves = new ArrayList<>();
    EpochCompleted example = results.records().values().iterator().next().epochs().get(0);
    for (int index = 0; index < example.layers().size(); index++) {
      int layer = index;
      LayerStatistics shown = example.layers().get(layer);
      Line line = shown.role() == ParameterRole.LINEAR_WEIGHT ? Line.DASHED : Line.SOLID;
      Results.Course course =
          results.course(epoch -> 100 * epoch.layers().get(layer).changedSinceStart());
      curves.add(
          Curve.of(
              shown.parameter().replaceFirst("/weight$", ""),
              course.epochs(),
              course.mean(),
              line,
              layer));
    }
    report.heading(method.label() + ", layer by layer");
    report.figure(
        ChartFiles.write(
            directory,
            "layers-" + method.slug(),
            new LineChart(
                method.label() + ": changed since the start, by layer",
                Axis.linear("epoch"),
                Axis.linear("changed weights (%)").from(0),
                curves)),
        "Mean over seeds; linear layers dashed.");
  }

  private void judge(Results results, Report report, PrintStream out) {
    List<Claim> claims = new ArrayList<>();
    Results rounding = results.of(task, Method.DETERMINISTIC_ROUNDING);
    if (!rounding.isEmpty()) {
      double most = since(rounding, ParameterRole.CONVOLUTION_WEIGHT).maximum();
      claims.add(
          Claim.decided(
              most == 0,
              "Deterministic rounding with Adam at 0.01 moves no convolution weight (derived: a"
                  + " step of about 0.01 is far below half the distance of −1 and +1).",
              String.format(Locale.ROOT, "%.2f %% changed.", most)));
    }
    Sample stochastic =
        since(results.of(task, Method.STOCHASTIC_ROUNDING), ParameterRole.CONVOLUTION_WEIGHT);
    Sample latent =
        since(results.of(task, Method.BINARY_CONNECT), ParameterRole.CONVOLUTION_WEIGHT);
    claims.add(
        Claim.of(
            "Stochastic rounding changes more convolution weights than BinaryConnect: it explores"
                + " and does not settle.",
            Order.of(latent, stochastic)));
    claims.add(
        new Claim(
            recalled(stochastic.mean() > 30 && stochastic.mean() < 50, stochastic),
            "Stochastic rounding climbs to about 40 % of the convolution weights (as we recall the"
                + " paper's figure for VGG-BC after 160 epochs; taken here as 30 to 50 %).",
            Percent.of(stochastic) + " % changed."));
    claims.add(
        new Claim(
            recalled(latent.mean() < 20, latent),
            "BinaryConnect stays below about 20 % (as we recall the paper's figure).",
            Percent.of(latent) + " % changed."));
    report.heading("Claims");
    Claim.tell(claims, report, out);
  }

  private static Verdict recalled(boolean holds, Sample sample) {
    if (sample.size() == 0) {
      return Verdict.UNCLEAR;
    }
    return holds ? Verdict.HOLDS : Verdict.FAILS;
  }
}
