package org.roundel.report.chart.drawing;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.LineChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A chart in one theme, as the content of files. The same chart gives the same bytes. */
final class Drawing {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int PIXELS_PER_UNIT = 2;

  private final String title;
  private final JFreeChart chart;
  private final int height;

  Drawing(Chart chart, Theme theme) {
    // Rotated text would be drawn as outlines, which nobody can select, search or hear.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    this.title = chart.title();
    this.chart =
        chart instanceof LineChart lines
            ? LineDrawing.of(lines, theme)
            : BarDrawing.of((BarChart) chart, theme);
    this.height = Frame.height(chart, this.chart);
    RenderingHints hints = this.chart.getRenderingHints();
    hints.put(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    hints.put(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    this.chart.setTextAntiAlias(true);
  }

  /** Returns a PNG image with two pixels for every unit of length. */
  byte[] png() {
    BufferedImage image =
        new BufferedImage(
            Frame.WIDTH * PIXELS_PER_UNIT, height * PIXELS_PER_UNIT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
      draw(graphics);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", out);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
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
    graphics.setSVGCanvasSize(new Dimension(Frame.WIDTH, height));
    draw(graphics);
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + Frame.WIDTH + " " + height);
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

  private void draw(Graphics2D graphics) {
    graphics.setFont(Fonts.ofSize(Frame.TEXT_SIZE));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, Frame.WIDTH, height));
  }
}
