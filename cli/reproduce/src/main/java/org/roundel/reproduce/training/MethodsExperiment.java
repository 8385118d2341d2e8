package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.roundel.core.event.EpochCompleted;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Order;
import org.roundel.reproduce.experiment.Percent;
import org.roundel.reproduce.experiment.Sample;

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
    report.paragraph(
        "Test error of the net that ships (quantized weights), in percent. Only convolution weights"
            + " are quantized, to ±1 without a scale. Methods with the same seed see the same"
            + " images in the same order and start by the same rules. ADAM is full precision, BC"
            + " BinaryConnect, SR stochastic rounding, R deterministic rounding; Big SR is SR with"
            + " a larger batch and as many epochs, so with as many times fewer updates.");
    for (Task task : protocol.tasks()) {
      if (!results.where(trial -> trial.task().equals(task)).isEmpty()) {
        describe(task, results, directory, report, out);
      }
    }
  }

  private void describe(
      Task task, Results results, Path directory, Report report, PrintStream out) {
    Map<Method, Double> reported = Protocol.reported(task);
    report.heading(task.label());
    Table table = new Table("method", "seeds", "mean ± sd", "best", "worst", "best epoch", "paper");
    List<List<String>> rows = new ArrayList<>();
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      Sample last = new Sample(of.lastErrors());
      List<String> row =
          List.of(
              method.label() + ", batch " + method.batchSize(task),
              Integer.toString(last.size()),
              Percent.of(last),
              Percent.of(last.minimum()),
              Percent.of(last.maximum()),
              Percent.of(new Sample(of.bestErrors()).mean()),
              Percent.of(reported.getOrDefault(method, Double.NaN)));
      rows.add(row);
      table.add(row.toArray(String[]::new));
    }
    out.println();
    out.println(task.label() + ": test error in percent");
    table.lines().forEach(line -> out.println("  " + line));
    report.paragraph(
        "After the last epoch, over the seeds; 'best epoch' is the mean of the lowest"
            + " error of any epoch."
            + (reported.isEmpty()
                ? " The paper has no such net, so only the order can be compared."
                : " 'paper' is Table 1 of Li et al. as we recall it; look it up before you cite it."));
    report.table(
        List.of("method", "seeds", "mean ± sd", "best", "worst", "best epoch", "paper (recalled)"),
        rows);
    report.figure(
        ChartFiles.write(directory, "errors-" + task.name(), bars(task, results, reported)),
        "Test error after the last epoch: mean over seeds; the whiskers go from the best seed to"
            + " the worst.");
    List<Curve> curves = new ArrayList<>();
    for (Method method : METHODS) {
      Curves.addErrors(curves, method.label(), method.color(), results.of(task, method));
    }
    report.figure(
        ChartFiles.write(
            directory,
            "curves-" + task.name(),
            new LineChart(
                "Error by epoch, " + task.label(),
                Axis.linear("epoch"),
                Axis.linear("error (%)"),
                curves)),
        "Mean over seeds; the band goes from the best seed to the worst. The training error is"
            + " taken before each update, on augmented images where the dataset augments.");
    judge(task, results, report, out);
    report.paragraph(updates(task, results));
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
      Sample last = new Sample(results.of(task, method).lastErrors());
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

  private static void judge(Task task, Results results, Report report, PrintStream out) {
    Verdict all = Verdict.HOLDS;
    List<List<String>> rows = new ArrayList<>();
    for (int index = 1; index < METHODS.size(); index++) {
      Method lower = METHODS.get(index - 1);
      Method higher = METHODS.get(index);
      Order step =
          Order.of(
              new Sample(results.of(task, lower).lastErrors()),
              new Sample(results.of(task, higher).lastErrors()));
      all = worse(all, step.verdict());
      rows.add(
          List.of(lower.label() + " < " + higher.label(), step.verdict().word(), step.words()));
    }
    Claim order =
        new Claim(
            all,
            "The order of the errors is ADAM < BC < Big SR < SR < R (as we recall Table 1).",
            "Each step of the order, by Welch's one-sided t test over the seeds at 5 %:");
    Claim.tell(List.of(order), report, out);
    report.table(List.of("step", "verdict", "evidence"), rows);
    Claim equalBatch =
        Claim.of(
            "At the same batch size, BinaryConnect's error is below stochastic rounding's.",
            Order.of(
                new Sample(results.of(task, Method.BINARY_CONNECT).lastErrors()),
                new Sample(results.of(task, Method.STOCHASTIC_ROUNDING).lastErrors())));
    Claim.tell(List.of(equalBatch), report, out);
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one == Verdict.FAILS || other == Verdict.FAILS) {
      return Verdict.FAILS;
    }
    return one == Verdict.HOLDS ? other : one;
  }

  private static String updates(Task task, Results results) {
    StringBuilder text = new StringBuilder("Updates made: ");
    for (Method method : METHODS) {
      Results of = results.of(task, method);
      if (!of.isEmpty()) {
        EpochCompleted last =
            Objects.requireNonNull(of.records().values().iterator().next().last());
        text.append(method == Method.ADAM ? "" : ", ")
            .append(method.label())
            .append(' ')
            .append(Texts.count(last.step()));
      }
    }
    return text.append(
            ". In a short run a large batch looks worse for its fewer updates alone; the experiment"
                + " 'batch-size' shows both comparisons.")
        .toString();
  }
}
