package org.roundel.reproduce.convex;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Claim;
import org.roundel.report.chart.Figure;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Workspace;

/**
 * Section 2 of the theory, measured: stochastic rounding and BinaryConnect on quadratics and on a
 * logistic regression, against the bounds that the paper proves and for what it leaves open: how
 * tight they are, a lower bound, and F(w_r) beside F(Q(w_r)).
 */
public final class ConvexExperiment implements Experiment {
  /** The fewest seeds from which a standard error can be computed. */
  public static final int LEAST_SEEDS = 2;

  /** How many seeds there are unless others are asked for. */
  public static final int DEFAULT_SEEDS = 20;

  private final ConvexSettings settings;
  private final RegressionData data;

  ConvexExperiment(ConvexSettings settings, RegressionData data) {
    this.settings = settings;
    this.data = data;
  }

  /**
   * Makes the experiment.
   *
   * @param registry where the regression's images come from
   * @throws org.roundel.core.RoundelException if no plugin offers them
   */
  public static ConvexExperiment of(ConvexSettings settings, PluginRegistry registry) {
    return new ConvexExperiment(settings, RegressionData.read(registry));
  }

  @Override
  public String name() {
    return "convex";
  }

  @Override
  public boolean run(Workspace workspace) throws IOException {
    AtomicFiles.write(
        workspace.directory().resolve("config.yaml"), ConfigurationFile.toYaml(settings.asMap()));
    Outcome outcome = new Outcome(settings, data);
    if (!compute(workspace, outcome)) {
      return false;
    }
    Path directory = workspace.directory();
    DataTables data = new DataTables(outcome);
    data.results().write(directory.resolve("results.csv"));
    data.curves().write(directory.resolve("curves.csv"));
    List<Claim> claims = new Claims(outcome).all();
    Map<String, Figure> figures = new Charts(outcome).write(directory);
    Table<Double> quadratics = new ErrorTables(outcome).quadratics();
    ReportPage.write(directory.resolve(REPORT), outcome, quadratics, claims, figures);
    quadratics.print(
        workspace.out(),
        String.format(
            Locale.ROOT,
            "F(average) - F*: %s, %s, d = %d, noise %s",
            Texts.of(settings.steps(), "step"),
            Texts.of(settings.seeds(), "seed"),
            settings.baseDimension(),
            settings.baseNoise()));
    Claim.print(workspace.out(), claims);
    return true;
  }

  private boolean compute(Workspace workspace, Outcome outcome) throws IOException {
    List<SweepPoint> plan = outcome.plan();
    long work = 0;
    for (SweepPoint point : plan) {
      work += point.work() * settings.seeds();
    }
    workspace.progress().start("convex", work);
    try (Runs runs = new Runs(workspace, settings)) {
      for (SweepPoint point : plan) {
        workspace.progress().now(point.name());
        Result result =
            workspace.stop().getAsBoolean()
                ? null
                : runs.result(point, outcome.objective(point), data(point));
        if (result == null) {
          return false;
        }
        outcome.put(point, result);
      }
    }
    workspace.progress().close();
    return true;
  }

  /** What a regression's numbers are a function of beside the point. */
  private Map<String, String> data(SweepPoint point) {
    Map<String, String> map = new LinkedHashMap<>();
    if (point.problem() == SweepPoint.Problem.LOGISTIC) {
      map.put("data", data.fingerprint());
      map.put("penalty", Double.toString(RegressionData.PENALTY));
      map.put("batch", Integer.toString(RegressionData.BATCH));
    }
    return map;
  }
}
