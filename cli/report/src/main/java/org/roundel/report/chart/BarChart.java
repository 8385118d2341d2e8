package org.roundel.report.chart;

import java.util.List;

/**
 * Values by category, beside one another.
 *
 * @param title the line above the chart
 * @param xTitle what the categories are
 * @param y the vertical axis; the data's ends include zero unless it is logarithmic
 * @param categories their names, from left to right; where there is no room for all, every second,
 *     fifth or tenth is written
 * @param bars what is drawn for each category
 */
public record BarChart(
    String title, String xTitle, Axis y, List<String> categories, List<Bars> bars)
    implements Chart {
  /** Keeps copies of the lists and checks that every category has its values. */
  public BarChart {
    categories = List.copyOf(categories);
    bars = List.copyOf(bars);
    for (Bars each : bars) {
      if (each.values().length != categories.size()) {
        throw new IllegalArgumentException(
            "Bars \""
                + each.name()
                + "\": "
                + each.values().length
                + " values for "
                + categories.size()
                + " categories");
      }
    }
  }
}
