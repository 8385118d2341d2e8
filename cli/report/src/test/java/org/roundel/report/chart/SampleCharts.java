package org.roundel.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One chart of every kind, with made-up numbers. */
public final class SampleCharts {
  private SampleCharts() {}

  /** Returns the charts by name. */
  public static Map<String, Chart> all() {
    Map<String, Chart> charts = new TreeMap<>();
    charts.put("curves", curves());
    charts.put("bands", bands());
    charts.put("logarithmic", logarithmic());
    charts.put("narrow", narrow());
    charts.put("points", points());
    charts.put("groups", groups());
    charts.put("histogram", histogram());
    charts.put("long-names", longNames());
    return charts;
  }

  public static LineChart curves() {
    double[] epochs = range(1, 100);
    List<Curve> curves = new ArrayList<>();
    String[] names = {"Adam", "BinaryConnect", "Big SR", "SR", "DR"};
    for (int i = 0; i < names.length; i++) {
      double[] test = new double[100];
      double[] train = new double[100];
      for (int j = 0; j < 100; j++) {
        double noise = Math.sin(12.9898 * (j + 1) * (i + 1)) * 0.6;
        test[j] = 8 + 3 * i + 55 * Math.exp(-j / 12.0) + noise;
        train[j] = 1 + 3 * i + 60 * Math.exp(-j / 15.0) + noise / 3;
      }
      curves.add(Curve.of(names[i] + ", test", epochs, test, Line.SOLID, i));
      curves.add(Curve.of(names[i] + ", train", epochs, train, Line.DASHED, i));
    }
    return new LineChart(
        "Error of VGG-9 on CIFAR-10", Axis.linear("Epoch"), Axis.linear("Error (%)"), curves);
  }

  public static LineChart bands() {
    double[] x = range(0, 41);
    double[] y = new double[41];
    double[] low = new double[41];
    double[] high = new double[41];
    double[] law = new double[41];
    for (int i = 0; i < 41; i++) {
      y[i] = i >= 15 && i < 18 ? Double.NaN : 30 * (1 - Math.exp(-i / 9.0));
      low[i] = y[i] * 0.9 - 0.5;
      high[i] = y[i] * 1.08 + 0.5;
      law[i] = 28 * (1 - Math.exp(-i / 10.0));
    }
    return new LineChart(
        "Weights that changed since the start",
        Axis.linear("Epoch"),
        Axis.linear("Share of weights (%)"),
        List.of(
            Curve.of("Big SR, mean of 5 seeds", x, y, Line.SOLID, Palette.BIG_STOCHASTIC_ROUNDING)
                .withBand(low, high),
            Curve.of("Law, derived", x, law, Line.DOTTED, Palette.REFERENCE)));
  }

  static LineChart logarithmic() {
    List<Curve> curves = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      double[] x = new double[30];
      double[] y = new double[30];
      for (int j = 0; j < 30; j++) {
        x[j] = Math.pow(10, j / 6.0);
        y[j] = i * 0.5 / (1 + x[j]) + (i == 1 ? 0 : Math.pow(10, -i));
      }
      Curve curve = Curve.of("Step 1/" + i, x, y, Line.SOLID, i);
      curves.add(i == 4 ? curve.withBand(scaled(y, 0.5), scaled(y, 2)) : curve);
    }
    return new LineChart(
        "Distance to the optimum",
        Axis.logarithmic("Iterations"),
        Axis.logarithmic("Distance f(x) \u2212 f*"),
        curves);
  }

  static LineChart narrow() {
    double[] x = {1, 2, 3};
    return new LineChart(
        "A short run",
        Axis.linear("Epoch"),
        Axis.logarithmic("Loss"),
        List.of(Curve.of("Loss", x, new double[] {0.061, 0.043, 0.037}, Line.SOLID, 1)));
  }

  static LineChart points() {
    double[] x = range(0, 60);
    double[] y = new double[60];
    for (int i = 0; i < 60; i++) {
      y[i] = 15000 + 4000 * Math.sin(i * 0.7) * Math.cos(i * 1.3);
    }
    return new LineChart(
        "Throughput",
        Axis.linear("Time (s)"),
        Axis.linear("Images per second").from(0).to(25_000),
        List.of(
            Curve.of("Measured", x, y, Line.POINTS, Palette.PURPLE),
            Curve.of(
                "Bound",
                new double[] {0, 59},
                new double[] {20000, 20000},
                Line.DASHED,
                Palette.SKY)));
  }

  static BarChart groups() {
    return new BarChart(
        "Test error after the last epoch",
        "Method",
        Axis.linear("Test error (%)"),
        List.of("Adam", "BinaryConnect", "Big SR", "SR", "DR"),
        List.of(
            Bars.of(
                    "Roundel",
                    new double[] {8.1, 8.9, 9.4, 15.2, Double.NaN},
                    Palette.BINARY_CONNECT)
                .withWhiskers(
                    new double[] {7.8, 8.5, 9.1, 14.0, Double.NaN},
                    new double[] {8.3, 9.5, 9.6, 17.0, Double.NaN}),
            Bars.of(
                "Baseline", new double[] {8.6, 9.9, 10.3, 16.1, 24}, Palette.STOCHASTIC_ROUNDING),
            Bars.markers(
                "As recalled", new double[] {7.9, 8.2, 8.4, 16.2, 23.5}, Palette.REFERENCE)));
  }

  static BarChart histogram() {
    int bins = 60;
    double[] counts = new double[bins];
    double[] law = new double[bins];
    double[] low = new double[bins];
    double[] high = new double[bins];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      double z = (i - 29.5) / 9;
      law[i] = Math.exp(-z * z / 2) / (9 * Math.sqrt(2 * Math.PI));
      counts[i] = law[i] * (1 + 0.1 * Math.sin(i * 7.7));
      low[i] = law[i] * 0.9;
      high[i] = law[i] * 1.1;
      names.add(String.format(java.util.Locale.ROOT, "%.1f", (i - 30) / 10.0));
    }
    return new BarChart(
        "Where the chain is after 10,000 steps",
        "State",
        Axis.linear("Probability"),
        names,
        List.of(
            Bars.of("Simulated", counts, Palette.SKY),
            Bars.markers("Exact, with 3 standard errors", law, Palette.BIG_STOCHASTIC_ROUNDING)
                .withWhiskers(low, high)));
  }

  static BarChart longNames() {
    return new BarChart(
        "Share of the time of a step that each phase takes, measured over one hundred steps with one"
            + " thread on a busy machine",
        "Phase",
        Axis.logarithmic("Time per step (ms)"),
        List.of(
            "Quantize latent weights",
            "Compute gradients",
            "Check that all is finite",
            "Shape the gradients",
            "Update by the optimizer",
            "Round after the update",
            "Notify the listeners"),
        List.of(
            Bars.of("VGG-9", new double[] {1.2, 812, 0.4, 0.03, 11, 3.9, 0.02}, 1),
            Bars.of("ResNet-18", new double[] {2.2, 1512, 0.7, 0.05, 17, 5.9, 0.02}, 3),
            Bars.of("MLP", new double[] {0.2, 3, 0.1, 0.01, 1.1, 0.9, 0.02}, 4)));
  }

  private static double[] range(int from, int count) {
    double[] range = new double[count];
    for (int i = 0; i < count; i++) {
      range[i] = from + i;
    }
    return range;
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = factor * values[i];
    }
    return scaled;
  }
}
