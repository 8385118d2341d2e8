package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;
import org.roundel.reproduce.experiment.WelchTest;

/** The five methods side by side: Table 1 of Li et al. (2017). */
final class MethodsExperiment implements TrainingExperiment {
  private static final List<Method> METHODS = List.of(Method.values());

  private final Protocol protocol;

  MethodsExperiment(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public String title() {
    return "Five ways to train, side by side";
  }

  @Override
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Task task : protocol.tasks()) {
      for (long seed = 1; seed <= protocol.seeds(); seed++) {
        for (Method method : METHODS) {
          trials.add(Trial.of(task, method, seed));
        }
      }
    }
    return trials;
  }

  @Override
  public void describe(Results results, Path directory, Report report, PrintStream out) {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (Task task : protocol.tasks()) {
      if (!results.where(trial -> trial.task().equals(task)).isEmpty()) {
        tasks.add(describe(task, results, directory, out));
      }
    }
    report.put("tasks", tasks);
  }

  private static Map<String, Object> describe(
      Task task, Results results, Path directory, PrintStream out) {
    Map<Method, Double> reported = Protocol.reported(task);
    Table<Method> errors = errors(task, results, reported);
    List<Claim> steps = steps(task, results);
    Claim order =
        new Claim(
            steps.stream().map(Claim::verdict).reduce(Verdict.HOLDS, Verdict::and),
            "The order of the errors is ADAM < BC < Big SR < SR < R (as we recall Table 1).",
            "Each step of the order, by Welch's one-sided t test over the seeds at 5 %:");
    Claim equalBatch =
        WelchTest.below(
            "At the same batch size, BinaryConnect's error is below stochastic rounding's.",
            errors(task, results, Method.BINARY_CONNECT),
            errors(task, results, Method.STOCHASTIC_ROUNDING));
    out.println();
    errors.print(out, task.label() + ": test error in percent");
    Claim.print(out, List.of(order, equalBatch));
    return Map.of(
        "label", task.label(),
        "inPaper", !reported.isEmpty(),
        "errors", errors,
        "bars", ChartFiles.write(directory, "errors-" + task.name(), bars(task, results, reported)),
        "curves", ChartFiles.write(directory, "curves-" + task.name(), curves(task, results)),
        "order", order,
        "steps", stepTable(steps),
        "equalBatch", equalBatch,
        "updates", updates(task, results));
  }

  private static Sample errors(Task task, Results results, Method method) {
    return results.of(task, method).lastErrors();
  }

  private static Table<Method> errors(Task task, Results results, Map<Method, Double> reported) {
    return new Table<>(
        List.of(
            Column.of("method", method -> method.label() + ", batch " + method.batchSize(task)),
            Column.of("seeds", method -> Integer.toString(errors(task, results, method).size())),
            Column.of("mean ± sd", method -> Percent.of(errors(task, results, method))),
            Column.of("best", method -> Percent.of(errors(task, results, method).minimum())),
            Column.of("worst", method -> Percent.of(errors(task, results, method).maximum())),
            Column.of(
                "best epoch", method -> Percent.of(results.of(task, method).bestErrors().mean())),
            Column.<Method>of(
                    "paper (recalled)",
                    method -> Percent.of(reported.getOrDefault(method, Double.NaN)))
                .onTerminal("paper")),
        METHODS);
  }

  private static LineChart curves(Task task, Results results) {
    List<Curve> curves = new ArrayList<>();
    for (Method method : METHODS) {
      Curves.addErrors(curves, method.label(), method.color(), results.of(task, method));
    }
    return Curves.errors("Error by epoch, " + task.label(), curves);
  }

  private static BarChart bars(Task task, Results results, Map<Method, Double> reported) {
    int methods = METHODS.size();
    double[] mean = new double[methods];
    double[] low = new double[methods];
    double[] high = new double[methods];
    double[] paper = new double[methods];
    List<String> names = new ArrayList<>();
    for (int index = 0; index < methods; index++) {
      Method method = METHODS.get(index);
      Sample last = errors(task, results, method);
      mean[index] = last.mean();
      low[index] = last.minimum();
      high[index] = last.maximum();
      paper[index] = reported.getOrDefault(method, Double.NaN);
      names.add(method.label());
    }
    List<Bars> bars = new ArrayList<>();
    bars.add(Bars.of("measured", mean, Method.BINARY_CONNECT.color()).withWhiskers(low, high));
    if (!reported.isEmpty()) {
      bars.add(Bars.markers("paper, as recalled", paper, Method.ADAM.color()));
    }
    return new BarChart(
        "Test error, " + task.label(),
        "method",
        Axis.linear("test error (%)").from(0),
        names,
        bars);
  }

  /** Returns the claim of each step that a method's error is below the next one's. */
  private static List<Claim> steps(Task task, Results results) {
    List<Claim> steps = new ArrayList<>();
    for (int index = 1; index < METHODS.size(); index++) {
      Method lower = METHODS.get(index - 1);
      Method higher = METHODS.get(index);
      steps.add(
          WelchTest.below(
              lower.label() + " < " + higher.label(),
              errors(task, results, lower),
              errors(task, results, higher)));
    }
    return steps;
  }

  private static Table<Claim> stepTable(List<Claim> steps) {
    return new Table<>(
        List.of(
            Column.page("step", Claim::text),
            Column.page("verdict", claim -> claim.verdict().word()),
            Column.page("evidence", Claim::evidence)),
        steps);
  }

  private static List<String> updates(Task task, Results results) {
    List<String> updates = new ArrayList<>();
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      if (!of.isEmpty()) {
        updates.add(method.label() + " " + Texts.count(Results.lastEpoch(of.first()).step()));
      }
    }
    return updates;
  }
}
