package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.ToyMethod;

/** The charts of {@link ToyExperiment}. */
final class Charts {
  /** Weights that no method visits this often at any rate are not shown. */
  private static final double LEAST_SHARE = 2e-3;

  private static final int MOST_WEIGHTS = 120;

  private static final double LEAST_SHOWN_DISTANCE = 0.05;

  /** The curve of distances: points in a decade, and how many decades below the largest rate. */
  private static final int POINTS_IN_A_DECADE = 12;

  private static final int DECADES = 2;

  private final Results results;
  private final int lowest;
  private final int highest;

  Charts(Results results) {
    this.results = results;
    long[] best = results.plan().bestMultiples();
    int low = (int) best[0] - 2;
    int high = (int) best[best.length - 1] + 2;
    for (Measure measure : results.measures()) {
      for (int index = 0; index < measure.shares().length; index++) {
        if (measure.shares()[index] >= LEAST_SHARE) {
          low = Math.min(low, measure.grid().lowest() + index);
          high = Math.max(high, measure.grid().lowest() + index);
        }
      }
    }
    this.lowest = Math.max(low, (int) best[0] - MOST_WEIGHTS / 2);
    this.highest = Math.min(high, (int) best[0] + MOST_WEIGHTS / 2);
  }

  /** Returns where BinaryConnect was at a rate. */
  BarChart binaryConnect(int rate) {
    Measure nearest = results.measure(rate, ToyMethod.BINARY_CONNECT_NEAREST);
    Measure stochastic = results.measure(rate, ToyMethod.BINARY_CONNECT_STOCHASTIC);
    return histogram(
        "BinaryConnect, rate " + rateName(rate),
        List.of(
            bars("nearest", nearest, Palette.BINARY_CONNECT),
            bars("stochastic", stochastic, Palette.SKY)));
  }

  /** Returns where stochastic rounding was at a rate, and its laws. */
  BarChart stochasticRounding(int rate) {
    List<Bars> bars = new ArrayList<>();
    Measure measure = results.measure(rate, ToyMethod.STOCHASTIC_ROUNDING);
    bars.add(bars("simulated", measure, Palette.STOCHASTIC_ROUNDING));
    Law law = results.law(rate);
    if (law.isKnown()) {
      bars.add(markers("exact", law, law.exact(), Palette.ADAM));
    }
    if (showsLimit(law)) {
      bars.add(markers("limit of small rates", law, law.limit(), Palette.PURPLE));
    }
    return histogram("Stochastic rounding, rate " + rateName(rate), bars);
  }

  /** Returns whether the limit is far enough from the law not to hide its marks. */
  static boolean showsLimit(Law law) {
    return law.isKnown() && law.distance() >= LEAST_SHOWN_DISTANCE;
  }

  private Bars markers(String name, Law law, double[] shares, int color) {
    double[] shown = law.on(shares, lowest, highest);
    for (int index = 0; index < shown.length; index++) {
      if (shown[index] < LEAST_SHARE) {
        shown[index] = Double.NaN;
      }
    }
    return Bars.markers(name, shown, color);
  }

  private Bars bars(String name, Measure measure, int color) {
    Bars bars = Bars.of(name, measure.on(measure.shares(), lowest, highest), color);
    if (results.plan().seeds() == 1) {
      return bars;
    }
    return bars.withWhiskers(
        measure.on(measure.low(), lowest, highest), measure.on(measure.high(), lowest, highest));
  }

  private BarChart histogram(String title, List<Bars> bars) {
    List<String> weights = new ArrayList<>();
    for (int multiple = lowest; multiple <= highest; multiple++) {
      weights.add(Numbers.plain(multiple * results.plan().spacing()));
    }
    double most = 0.6;
    for (Bars each : bars) {
      for (double value : each.high() == null ? each.values() : each.high()) {
        // A mark that is not shown is NaN, which is greater than nothing.
        most = value > most ? value : most;
      }
    }
    return new BarChart(
        title,
        "Quantized weight",
        Axis.linear("Share of the steps").from(0).to(Math.min(1, most * 1.05)),
        weights,
        bars);
  }

  /** Returns how much of its time each method is next to the minimum, by rate. */
  LineChart best() {
    double[] rates = rates();
    List<Curve> curves = new ArrayList<>();
    for (ToyMethod method : ToyMethod.values()) {
      double[] shares = new double[rates.length];
      for (int rate = 0; rate < rates.length; rate++) {
        shares[rate] = results.measure(rate, method).best().mean();
      }
      curves.add(Curve.of(Results.name(method), rates, shares, Line.SOLID, color(method)));
    }
    double[] limit = new double[rates.length];
    for (int rate = 0; rate < rates.length; rate++) {
      limit[rate] = results.law(rate).best(results.plan(), results.law(rate).limit());
    }
    if (results.law(rates.length - 1).isKnown()) {
      curves.add(Curve.of("SR, limit", rates, limit, Line.DASHED, Palette.REFERENCE));
    }
    return new LineChart(
        "Time next to the minimum",
        Axis.logarithmic("Rate α"),
        Axis.linear("Share of the steps").from(0).to(1.05),
        curves);
  }

  private static int color(ToyMethod method) {
    return switch (method) {
      case STOCHASTIC_ROUNDING -> Palette.STOCHASTIC_ROUNDING;
      case BINARY_CONNECT_NEAREST -> Palette.BINARY_CONNECT;
      case BINARY_CONNECT_STOCHASTIC -> Palette.SKY;
    };
  }

  /**
   * Returns the distance of stochastic rounding's law from its limit, at many rates: it falls so
   * steeply that the plan's own may show next to nothing.
   */
  LineChart distance() {
    double[] rates = new double[POINTS_IN_A_DECADE * DECADES + 1];
    double[] distances = new double[rates.length];
    for (int point = 0; point < rates.length; point++) {
      rates[point] =
          results.plan().rates().get(0) * StrictMath.pow(10, -(double) point / POINTS_IN_A_DECADE);
      double distance = Law.distance(results.plan(), rates[point]);
      distances[point] = distance >= Numbers.LEAST_DISTANCE ? distance : Double.NaN;
    }
    return new LineChart(
        "Distance of the law from its limit",
        Axis.logarithmic("Rate α"),
        Axis.logarithmic("Total variation"),
        List.of(Curve.of("SR", rates, distances, Line.SOLID, Palette.STOCHASTIC_ROUNDING)));
  }

  /** Returns the mixing time by rate, beside what is in proportion to 1/rate. */
  LineChart mixing() {
    double[] rates = rates();
    double[] times = new double[rates.length];
    double[] proportion = new double[rates.length];
    double product = results.law(rates.length - 1).rateTimesMixingTime();
    for (int rate = 0; rate < rates.length; rate++) {
      times[rate] =
          results.law(rate).mixingTime().isPresent()
              ? results.law(rate).mixingTime().getAsLong()
              : Double.NaN;
      proportion[rate] = product / rates[rate];
    }
    return new LineChart(
        "Mixing time",
        Axis.logarithmic("Rate α"),
        Axis.logarithmic("Steps"),
        List.of(
            Curve.of("SR", rates, times, Line.SOLID, Palette.STOCHASTIC_ROUNDING),
            Curve.of("in proportion to 1/α", rates, proportion, Line.DASHED, Palette.REFERENCE)));
  }

  private double[] rates() {
    double[] rates = new double[results.plan().rates().size()];
    for (int rate = 0; rate < rates.length; rate++) {
      rates[rate] = results.plan().rates().get(rate);
    }
    return rates;
  }

  private String rateName(int rate) {
    return Numbers.plain(results.plan().rates().get(rate));
  }
}
