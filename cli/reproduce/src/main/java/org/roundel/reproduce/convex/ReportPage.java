package org.roundel.reproduce.convex;

import static org.roundel.reproduce.convex.Tables.number;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.report.Report;
import org.roundel.report.chart.Figure;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/** The page about the convex experiment. */
final class ReportPage {
  /** Simulated with other code, one seed: SR's F(average) − F* by Δ at d = 64, σ = 1. */
  private static final Map<Double, String> SIMULATED =
      Map.of(0.5, "0.829", 0.25, "0.344", 0.125, "0.105", 0.0625, "0.062");

  private final Outcome outcome;
  private final List<Finding> findings;
  private final Map<String, Figure> figures;
  private final Report report =
      new Report("Quantized descent on convex functions, against its bounds");

  ReportPage(Outcome outcome, List<Finding> findings, Map<String, Figure> figures) {
    this.outcome = outcome;
    this.findings = findings;
    this.figures = figures;
  }

  void write(Path file) {
    introduction();
    report.heading("What holds");
    for (Finding finding : findings) {
      report.claim(finding.verdict(), finding.claim(), finding.evidence());
    }
    quadratics();
    tightness();
    buffer();
    images();
    report.heading("Settings");
    report.code(ConfigurationFile.toYaml(outcome.settings().asMap()));
    report.write(file);
  }

  private void introduction() {
    ConvexSettings settings = outcome.settings();
    report.paragraph(
        "Li et al. (2017), Training Quantized Nets, prove for convex F how far the average iterate"
            + " of stochastic rounding (SR, w_b ← Q_s(w_b − α∇f̃(w_b))) and of BinaryConnect (BC,"
            + " w_r ← w_r − α∇f̃(Q(w_r))) stays above the minimum. The bounds are written here as we"
            + " recall the paper and as they can be derived; where the two differ, both are given.");
    report.paragraph(
        "Every number is a mean over "
            + Texts.of(settings.seeds(), "seed")
            + "; bands in figures go from the smallest to the largest seed. Runs of one seed"
            + " share their gradient noise. G² is the largest mean ‖∇f̃‖², over seeds and over the"
            + " stretches between recorded steps; D is the largest ‖w − w*‖ of any step and seed."
            + " Both are measured along the runs, as neither function bounds them beforehand.");
  }

  private void quadratics() {
    ConvexSettings settings = outcome.settings();
    report.heading("Quadratics");
    report.paragraph(
        "F(w) = ½‖w − c‖² with d = "
            + settings.baseDimension()
            + ", c spread evenly from −0.93 to 0.87, start at 0, and gradient noise of length σ = "
            + settings.baseNoise()
            + " (N(0, σ²/d) per coordinate), unless said otherwise.");
    List<String> headings =
        List.of(
            "Δ",
            "SR",
            "± error",
            "Simulated elsewhere",
            "Theorem 1's floor",
            "BC, Q_s",
            "Corollary 1 at T",
            "BC, Q_d");
    boolean same = settings.baseDimension() == 64 && settings.baseNoise() == 1;
    List<List<String>> rows = new ArrayList<>();
    for (double delta : settings.deltas()) {
      SweepPoint rounding = base(DescentMethod.STOCHASTIC_ROUNDING, delta);
      SweepPoint stochastic = base(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta);
      SweepPoint nearest = base(DescentMethod.BINARY_CONNECT_NEAREST, delta);
      rows.add(
          List.of(
              Double.toString(delta),
              number(outcome.result(rounding).average().last()),
              number(outcome.result(rounding).average().lastError()),
              same ? SIMULATED.getOrDefault(delta, "") : "",
              number(outcome.bound(rounding).floor()),
              number(outcome.result(stochastic).average().last()),
              number(outcome.bound(stochastic).at((double) settings.steps())),
              number(outcome.result(nearest).average().last())));
    }
    report.table(headings, rows);
    report.paragraph(
        "F(w̄) − F* after "
            + settings.steps()
            + " steps of α = 1/(t+1). “Simulated elsewhere” is one seed of other code at T = 20,000,"
            + " d = 64, σ = 1.");
    figure(
        Charts.ROUNDING,
        "SR's average iterate by step, with Theorem 1 dashed. Full precision for comparison.");
    figure(
        Charts.CONNECT,
        "BC's average iterate: Q_s solid, Q_d dashed, Corollary 1 dotted. Band: the largest Δ's only.");
    figure(
        Charts.CONVEX_STEPS,
        "Steps c/√t with c = 1/(2L): averages solid with Theorems 2 and 3 dashed; dotted, SR's"
            + " single iterate, which keeps moving about.");
  }

  private void tightness() {
    report.heading("How tight the floor is");
    report.paragraph(
        "The paper does not say how tight √d·Δ·G/2 is. On F = ½‖w − c‖² with α = 1/(t+1) the floor"
            + " can be derived to leading order (not in the paper): Q_s is unbiased, so w_b − c is an"
            + " autoregression whose variance settles at Δ·E|∇f̃_i|/2 per coordinate, and whose"
            + " correlation between steps s < t is s/t, so that an average over all steps halves the"
            + " variance and no more. So F(w̄) − F* tends to Δ·E‖∇f̃‖₁/8, a quarter of the bound's"
            + " floor with E‖∇f̃‖₁ ≤ √d·G for √d·G. With normal noise E‖∇f̃‖₁ is at least"
            + " √(2/π)·√d·σ, which gives a lower bound of √(2/π)·√d·Δ·σ/8: of the bound's own form."
            + " The rest of the gap is G, which must cover the way from the start.");
    List<List<String>> rows = new ArrayList<>();
    for (SweepPoint cell : outcome.floors()) {
      Result result = outcome.result(cell);
      double error = result.average().last();
      double late =
          ConvexBounds.stochasticRoundingFloor(cell.dimension(), cell.delta(), result.meanNorm());
      rows.add(
          List.of(
              Double.toString(cell.delta()),
              Integer.toString(cell.dimension()),
              Double.toString(cell.noise()),
              number(result.g()),
              number(error),
              number(outcome.bound(cell).floor()),
              number(error / outcome.bound(cell).floor()),
              number(error / late),
              number(outcome.asymptote(cell)),
              number(outcome.lowerBound(cell))));
    }
    report.table(Scaling.headings(), new Scaling(outcome).rows());
    report.paragraph(
        "Exponents by least squares on logarithms, ± their standard errors. G as the bound needs it"
            + " is almost ‖c‖, which grows like √d, so d and G hardly vary apart and their exponents"
            + " mean little; the mean ‖∇f̃‖ has no such trouble. Where the grid is finer"
            + " than a coordinate's noise, the floor grows as the bound says; where it is coarser,"
            + " a weight sits on the two grid points around c_i, and the floor is Δ²Σq_i(1−q_i)/4"
            + " whatever the noise.");
    figure(
        Charts.FLOOR_DELTA,
        "Error at the end against Δ; SR beside BC. Derived floor: Δ·E‖∇f̃‖₁/8, with E‖∇f̃‖₁ as"
            + " measured over the second half of the steps.");
    figure(Charts.FLOOR_DIMENSION, "SR's error at the end against d.");
    figure(Charts.FLOOR_NOISE, "SR's error at the end against σ.");
    report.table(
        List.of(
            "Δ",
            "d",
            "σ",
            "G",
            "SR",
            "Bound's floor",
            "SR / bound's",
            "SR / with mean ‖∇f̃‖",
            "Derived",
            "Lower bound"),
        rows);
    report.paragraph(
        "“With mean ‖∇f̃‖” puts the mean over all steps for G: √d·Δ·mean‖∇f̃‖/2 bounds the floor as"
            + " well (the proof adds up E‖∇f̃‖ step by step), without the start's large gradients"
            + " counting for all of the run.");
  }

  private void buffer() {
    report.heading("F(w_r) beside F(Q(w_r))");
    List<List<String>> rows = new ArrayList<>();
    for (double delta : outcome.settings().deltas()) {
      for (DescentMethod method :
          List.of(DescentMethod.BINARY_CONNECT_STOCHASTIC, DescentMethod.BINARY_CONNECT_NEAREST)) {
        for (Problem problem : List.of(Problem.QUADRATIC, Problem.LOGISTIC)) {
          Result result =
              outcome.result(outcome.base(problem, Rule.STRONGLY_CONVEX, method, delta));
          rows.add(
              List.of(
                  Double.toString(delta),
                  method == DescentMethod.BINARY_CONNECT_STOCHASTIC ? "Q_s" : "Q_d",
                  problem == Problem.QUADRATIC ? "quadratic" : "regression",
                  number(result.average().last()),
                  number(result.iterate().last()),
                  number(result.quantized().last()),
                  number(result.averageRounded().last())));
        }
      }
    }
    report.table(List.of("Δ", "Q", "F", "F(w̄_r)", "F(w_r)", "F(Q(w_r))", "F(Q_d(w̄_r))"), rows);
    report.paragraph(
        "All less F*, at the end. Theorem 4 and Corollary 1 are about w̄_r, a full-precision vector"
            + " that a quantized net never ships.");
    figure(Charts.BUFFER, "BC with Q_s at the end: buffer and quantized weights.");
  }

  private void images() {
    RegressionData data = outcome.data();
    StochasticObjective objective = outcome.logistic();
    report.heading("Logistic regression on images");
    report.paragraph(
        "The "
            + data.labels().length
            + " training images of the classes "
            + String.join(" and ", data.classes())
            + " of "
            + RegressionData.DATASET
            + ", each reduced to the means of blocks of 4×4 pixels; features centred and scaled by"
            + " one factor so that their squares add up to 1 on average, and a constant feature: d"
            + " = "
            + objective.dimension()
            + ". Penalty λ/2·‖w‖² with λ = "
            + RegressionData.PENALTY
            + "; random gradients on "
            + RegressionData.BATCH
            + " image. So μ = λ, L = "
            + number(objective.smoothness())
            + ", L₂ = "
            + number(objective.hessianLipschitz())
            + ", ‖w*‖ = "
            + number(norm(objective.minimizer()))
            + ", F(0) − F* = "
            + number(objective.excess(new double[objective.dimension()]))
            + ". w* by Newton's method, to a gradient of length 1e−12.");
    List<List<String>> rows = new ArrayList<>();
    for (double delta : outcome.settings().deltas()) {
      SweepPoint rounding = image(DescentMethod.STOCHASTIC_ROUNDING, delta);
      SweepPoint stochastic = image(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta);
      SweepPoint nearest = image(DescentMethod.BINARY_CONNECT_NEAREST, delta);
      Result connect = outcome.result(stochastic);
      rows.add(
          List.of(
              Double.toString(delta),
              number(outcome.result(rounding).average().last()),
              number(outcome.bound(rounding).at((double) rounding.steps())),
              number(connect.average().last()),
              number(outcome.bound(stochastic).floor()),
              number(
                  ConvexBounds.binaryConnectCurvatureFloorAsRecalled(
                      objective.dimension(),
                      delta,
                      objective.hessianLipschitz(),
                      connect.distance())),
              number(outcome.result(nearest).average().last())));
    }
    report.table(
        List.of(
            "Δ",
            "SR",
            "Theorem 1 at T",
            "BC, Q_s",
            "Theorem 4's floor, derived",
            "as we recall the paper",
            "BC, Q_d"),
        rows);
    report.paragraph(
        "A bound above F(0) − F* says less than the start does. Theorem 4's floor is D·L₂·d·Δ²/8 as"
            + " derived and D·L₂·√d·Δ/2 as we recall the paper.");
    figure(Charts.ROUNDING_IMAGES, "SR's average iterate, with Theorem 1 dashed.");
    figure(
        Charts.CONNECT_IMAGES,
        "BC's average iterate: Q_s solid, Q_d dashed, Theorem 4 (floor as derived) dotted."
            + " Band: the largest Δ's only.");
    figure(
        Charts.CONVEX_STEPS_IMAGES,
        "Steps c/√t with c = 1/(2L): averages solid with Theorems 2 and 3 dashed; dotted, SR's"
            + " single iterate.");
    figure(Charts.FLOOR_DELTA_IMAGES, "Error at the end against Δ, with the bounds' floors.");
  }

  private void figure(String name, String caption) {
    Figure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalStateException("no figure " + name);
    }
    report.figure(figure, caption);
  }

  private SweepPoint base(DescentMethod method, double delta) {
    return outcome.base(Problem.QUADRATIC, Rule.STRONGLY_CONVEX, method, delta);
  }

  private SweepPoint image(DescentMethod method, double delta) {
    return outcome.base(Problem.LOGISTIC, Rule.STRONGLY_CONVEX, method, delta);
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
