package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.LayerStatistics;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;
import org.roundel.reproduce.experiment.WelchTest;

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
    Table<Method> changes = changes(results);
    List<Claim> claims = claims(results);
    report.put("task", task.label());
    report.put("batchSize", task.batchSize());
    report.put("changes", changes);
    report.put("convolution", overview(results, directory, ParameterRole.CONVOLUTION_WEIGHT));
    report.put("linear", overview(results, directory, ParameterRole.LINEAR_WEIGHT));
    report.put(
        "methods", trained(results).map(method -> layers(method, results, directory)).toList());
    report.put("claims", claims);
    out.println();
    changes.print(out, task.label() + ": weights that changed their sign, in percent");
    Claim.print(out, claims);
  }

  private Stream<Method> trained(Results results) {
    return METHODS.stream().filter(method -> !results.of(task, method).isEmpty());
  }

  private Table<Method> changes(Results results) {
    return new Table<>(
        List.of(
            Column.of("method", Method::label),
            Column.of(
                "conv since start",
                method -> Percent.of(since(results, method, ParameterRole.CONVOLUTION_WEIGHT))),
            Column.of(
                "conv in 5 epochs",
                method ->
                    Percent.of(
                        results
                            .of(task, method)
                            .last(
                                epoch ->
                                    Curves.changedInFiveEpochs(
                                        epoch, ParameterRole.CONVOLUTION_WEIGHT)))),
            Column.of(
                "linear since start",
                method -> Percent.of(since(results, method, ParameterRole.LINEAR_WEIGHT)))),
        trained(results).toList());
  }

  private Sample since(Results results, Method method, ParameterRole role) {
    return results.of(task, method).last(epoch -> Curves.changedSinceStart(epoch, role));
  }

  private Figure overview(Results results, Path directory, ParameterRole role) {
    String kind = role == ParameterRole.LINEAR_WEIGHT ? "linear" : "convolution";
    List<Curve> curves = new ArrayList<>();
    for (Method method : trained(results).toList()) {
      Results of = results.of(task, method);
      curves.add(
          Curves.byEpoch(
              method.label() + ", since start",
              method.color(),
              Line.SOLID,
              of,
              epoch -> Curves.changedSinceStart(epoch, role)));
      curves.add(
          Curves.byEpoch(
              method.label() + ", in 5 epochs",
              method.color(),
              Line.DASHED,
              of,
              epoch -> Curves.changedInFiveEpochs(epoch, role)));
    }
    return ChartFiles.write(
        directory,
        "changes-" + kind,
        Curves.weights("Changed " + kind + " weights, " + task.label(), "changed weights", curves));
  }

  private Map<String, Object> layers(Method method, Results all, Path directory) {
    Results results = all.of(task, method);
    List<Curve> curves = new ArrayList<>();
    List<LayerStatistics> layers = results.first().epochs().get(0).layers();
    for (int index = 0; index < layers.size(); index++) {
      int layer = index;
      LayerStatistics shown = layers.get(layer);
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
    Figure figure =
        ChartFiles.write(
            directory,
            "layers-" + method.slug(),
            Curves.weights(
                method.label() + ": changed since the start, by layer", "changed weights", curves));
    return Map.of("label", method.label(), "layers", figure);
  }

  private List<Claim> claims(Results results) {
    ParameterRole role = ParameterRole.CONVOLUTION_WEIGHT;
    List<Claim> claims = new ArrayList<>();
    Sample rounding = since(results, Method.DETERMINISTIC_ROUNDING, role);
    if (rounding.size() > 0) {
      claims.add(
          new Claim(
              Verdict.of(rounding.maximum() == 0),
              "Deterministic rounding with Adam at 0.01 moves no convolution weight (derived: a"
                  + " step of about 0.01 is far below half the distance of −1 and +1).",
              String.format(Locale.ROOT, "%.2f %% changed.", rounding.maximum())));
    }
    Sample stochastic = since(results, Method.STOCHASTIC_ROUNDING, role);
    Sample latent = since(results, Method.BINARY_CONNECT, role);
    claims.add(
        WelchTest.below(
            "Stochastic rounding changes more convolution weights than BinaryConnect: it explores"
                + " and does not settle.",
            latent,
            stochastic));
    claims.add(
        recalled(
            stochastic.mean() > 30 && stochastic.mean() < 50,
            "Stochastic rounding climbs to about 40 % of the convolution weights (as we recall the"
                + " paper's figure for VGG-BC after 160 epochs; taken here as 30 to 50 %).",
            stochastic));
    claims.add(
        recalled(
            latent.mean() < 20,
            "BinaryConnect stays below about 20 % (as we recall the paper's figure).",
            latent));
    return claims;
  }

  private static Claim recalled(boolean holds, String claim, Sample changed) {
    Verdict verdict = changed.size() == 0 ? Verdict.UNCLEAR : Verdict.of(holds);
    return new Claim(verdict, claim, Percent.of(changed) + " % changed.");
  }
}
