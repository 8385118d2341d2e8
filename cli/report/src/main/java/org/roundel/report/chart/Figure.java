package org.roundel.report.chart;

/**
 * A chart that was drawn.
 *
 * @param name the base name of its files
 * @param title the chart's title
 * @param lightSvg the drawing for a light page
 * @param darkSvg the drawing for a dark page
 * @param narrowLightSvg the drawing for a light page on a telephone
 * @param narrowDarkSvg the drawing for a dark page on a telephone
 */
public record Figure(
    String name,
    String title,
    String lightSvg,
    String darkSvg,
    String narrowLightSvg,
    String narrowDarkSvg) {}
