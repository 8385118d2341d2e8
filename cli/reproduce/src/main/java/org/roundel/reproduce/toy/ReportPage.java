package org.roundel.reproduce.toy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Report;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.ToyMethod;

/** The figures and the report of {@link ToyExperiment}. */
final class ReportPage {
  private final Results results;
  private final Path directory;
  private final Charts charts;
  private final Report report = new Report("A non-convex problem with one weight");

  private ReportPage(Path directory, Results results) {
    this.results = results;
    this.directory = directory;
    this.charts = new Charts(results);
  }

  static void write(Path directory, Results results, List<Claim> claims) {
    ReportPage report = new ReportPage(directory, results);
    report.introduction();
    report.report.heading("What holds");
    Claim.report(report.report, claims);
    report.numbers();
    report.histograms();
    report.laws();
    report.report.heading("Files");
    report.report.paragraph(
        "histograms.csv, methods.csv and laws.csv hold all numbers, config.yaml the settings. The"
            + " same settings give the same bytes.");
    report.report.write(directory.resolve(Experiment.REPORT));
  }

  private void introduction() {
    ToyPlan plan = results.plan();
    report.paragraph(
        "One weight is trained by gradient descent with the gradient f′(w) + σN(0, 1) and weights on"
            + " a grid of spacing Δ. BinaryConnect (BC) keeps a full-precision weight and takes the"
            + " gradient at its rounding, to the nearest grid point or to a random neighbour;"
            + " stochastic rounding (SR) has the rounded weight only. After Li et al. 2017: as the"
            + " rate α falls, BC settles near the minimum, and SR goes on exploring.");
    report.code(
        "f(w) = "
            + plan.objective()
            + "\nΔ = "
            + Numbers.plain(plan.spacing())
            + ", σ = "
            + Numbers.plain(plan.noise())
            + ", start "
            + Numbers.plain(plan.start())
            + ", "
            + Texts.of(plan.iterations(), "step")
            + ", "
            + Texts.of(plan.seeds(), "simulation")
            + " from seed "
            + plan.seed());
    if (plan.hasThePapersObjective()) {
      report.paragraph(
          "The objective, spacing, start and rates are the paper's as we recall it; it leaves the"
              + " noise open, and shows histograms without numbers. So what there is to compare with"
              + " is its statement, and SR's exact law, which is derived.");
    } else {
      report.paragraph(
          "This objective is not the paper's, so nothing here is compared with it: the statements"
              + " below say what was found.");
    }
  }

  private void numbers() {
    report.heading("Mean, spread and time next to the minimum");
    report.paragraph(
        "Over all steps, the first included: the mean of f, the standard deviation of the quantized"
            + " weight, and the share of the steps at "
            + results.plan().bestPoints()
            + ". ± is one standard error"
            + (results.plan().seeds() == 1
                ? ", from 100 stretches of the run."
                : ", from the simulations' spread."));
    List<List<String>> rows = new ArrayList<>();
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      String name = Numbers.plain(results.plan().rates().get(rate));
      for (ToyMethod method : ToyMethod.values()) {
        Measure measure = results.measure(rate, method);
        rows.add(
            List.of(
                name,
                Results.name(method),
                Numbers.of(measure.objective()),
                Numbers.of(measure.deviation()),
                Numbers.of(measure.best())));
      }
      Law law = results.law(rate);
      if (law.isKnown()) {
        rows.add(law(name, "SR, exact (derived)", law, law.exact()));
      }
    }
    Law last = results.law(results.plan().rates().size() - 1);
    if (last.isKnown()) {
      rows.add(law("→ 0", "SR, limit (derived)", last, last.limit()));
    }
    report.table(List.of("rate", "method", "mean of f", "deviation of w", "next to minimum"), rows);
    report.figure(
        ChartFiles.write(directory, "minimum", charts.best()),
        "The share of the steps at "
            + results.plan().bestPoints()
            + ", the grid points next to the minimum.");
  }

  private List<String> law(String rate, String name, Law law, double[] shares) {
    return List.of(
        rate,
        name,
        Numbers.of(law.meanObjective(results.plan(), shares)),
        Numbers.of(law.deviation(shares)),
        Numbers.of(law.best(results.plan(), shares)));
  }

  private void histograms() {
    report.heading("Where the weight is");
    String whiskers =
        results.plan().seeds() == 1
            ? ""
            : " Bars are means over the simulations, whiskers their least and greatest.";
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      String name = Numbers.plain(results.plan().rates().get(rate));
      String file = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
      report.figure(
          ChartFiles.write(directory, "bc-rate-" + file, charts.binaryConnect(rate)),
          "BinaryConnect's quantized weights at rate "
              + name
              + ", with both roundings."
              + whiskers);
      report.figure(
          ChartFiles.write(directory, "sr-rate-" + file, charts.stochasticRounding(rate)),
          "Stochastic rounding's weights at rate "
              + name
              + (Charts.showsLimit(results.law(rate))
                  ? ", with its exact stationary law and the limit of small rates."
                  : ", with its exact stationary law, which the limit of small rates would hide.")
              + whiskers);
    }
  }

  private void laws() {
    report.heading("Stochastic rounding's exact law");
    List<List<String>> rows = new ArrayList<>();
    boolean mixes = false;
    boolean far = false;
    for (Law law : results.laws()) {
      if (law.isKnown()) {
        rows.add(
            List.of(
                Numbers.plain(law.rate()),
                Numbers.distance(law.distance()),
                Numbers.steps(law.mixingTime()),
                Numbers.of(Claims.product(law))));
        mixes |= law.mixingTime().isPresent();
        far |= law.distance() > Numbers.LEAST_DISTANCE;
      } else {
        report.paragraph(
            "At rate " + Numbers.plain(law.rate()) + " there is none: " + law.problem() + ".");
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    report.paragraph(
        "With Gaussian noise the chance of every move has a closed form, so the law is computed, not"
            + " simulated. Its distance from the limit is in total variation; the mixing time is the"
            + " number of steps to a total variation of "
            + ToyPlan.EPSILON
            + ", from the worst start up to "
            + Law.START_MARGIN
            + " grid points outside of the outer pieces' centres.");
    report.table(List.of("rate", "distance from limit", "mixing time", "rate × mixing time"), rows);
    if (far) {
      report.figure(
          ChartFiles.write(directory, "distance", charts.distance()),
          "The total variation between SR's stationary law and its limit. What is below 10⁻¹² is"
              + " rounding, and not drawn.");
    }
    if (mixes) {
      report.figure(
          ChartFiles.write(directory, "mixing", charts.mixing()),
          "Steps until SR has forgotten its start: Theorem 6, as we recall the paper, says that they"
              + " grow without bound; in proportion to 1/α is derived.");
    }
  }
}
