package org.roundel.report.chart.drawing;

import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.MatrixChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A chart in one theme, as the content of files. The same chart gives the same bytes. */
final class Drawing {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private final String title;
  private final Painting painting;

  Drawing(Chart chart, Theme theme, Size size) {
    this.title = chart.title();
    this.painting = painting(chart, theme, size);
  }

  private static Painting painting(Chart chart, Theme theme, Size size) {
    if (chart instanceof MatrixChart matrix) {
      return new MatrixPainting(matrix, theme);
    } else if (chart instanceof LineChart lines) {
      return PlotPainting.of(chart, LineDrawing.of(lines, theme, size), size);
    }
    return PlotPainting.of(chart, BarDrawing.of((BarChart) chart, theme, size), size);
  }

  /** Returns a PNG image. */
  byte[] png() {
    return Png.of(painting);
  }

  /** Returns an SVG document whose text is text. */
  String svg() {
    Document document;
    try {
      document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException failed) {
      throw new IllegalStateException("This Java has no XML parser", failed);
    }
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(5);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(painting.width(), painting.height()));
    painting.paint(graphics);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + painting.width() + " " + painting.height());
    root.setAttributeNS(null, "role", "img");
    Element name = document.createElementNS(SVG, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    StringWriter out = new StringWriter();
    try {
      graphics.stream(root, out, true, false);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    // Dialog is what Java calls its default font; nothing is written in it.
    return out.toString()
        .replace("'Liberation Sans'", Fonts.FAMILIES)
        .replace("'Dialog'", Fonts.FAMILIES);
  }
}
