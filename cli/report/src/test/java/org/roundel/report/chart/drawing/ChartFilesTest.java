package org.roundel.report.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.SampleCharts;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ChartFilesTest {
  @TempDir private Path directory;

  @Test
  void writesAllTextAsText() throws Exception {
    Figure figure = ChartFiles.write(directory, "curves", SampleCharts.curves());
    List<String> texts = texts(figure.lightSvg());
    assertThat(texts)
        .contains("Error of VGG-9 on CIFAR-10", "Epoch", "Error (%)", "0", "20", "60", "100")
        .contains("Adam, test", "Adam, train", "Big SR, test", "DR, train");
    assertThat(texts(figure.darkSvg())).isEqualTo(texts);
    assertThat(figure.lightSvg())
        .contains("'Liberation Sans', Arial, Helvetica, sans-serif")
        .doesNotContain("NaN", "Dialog");
    assertThat(Files.readString(directory.resolve("curves.svg"))).isEqualTo(figure.lightSvg());
    assertThat(Files.readString(directory.resolve("curves-dark.svg"))).isEqualTo(figure.darkSvg());
  }

  @Test
  void drawsEveryCurveAndItsDashes() throws Exception {
    String svg = ChartFiles.write(directory, "curves", SampleCharts.curves()).lightSvg();
    // Okabe and Ito's blue: the line of the test error and that of the training error.
    assertThat(count(svg, "rgb(0,114,178)")).isGreaterThan(1);
    assertThat(count(svg, "stroke-dasharray:7,4")).isGreaterThanOrEqualTo(5);
  }

  @Test
  void leavesGapsOpen() throws Exception {
    double[] x = {1, 2, 3, 4, 5};
    Chart whole = oneCurve(Curve.of("c", x, new double[] {1, 2, 3, 4, 5}, Line.SOLID, 1));
    Chart gap = oneCurve(Curve.of("c", x, new double[] {1, 2, Double.NaN, 4, 5}, Line.SOLID, 1));
    // Five points in one stretch, and two stretches of two.
    assertThat(paths(ChartFiles.write(directory, "whole", whole).lightSvg()))
        .contains("MLLLL")
        .doesNotContain("MLML");
    assertThat(paths(ChartFiles.write(directory, "gap", gap).lightSvg()))
        .contains("MLML")
        .doesNotContain("MLLLL");
  }

  @Test
  void drawsImagesOfBothThemes() throws IOException {
    for (Map.Entry<String, Chart> chart : SampleCharts.all().entrySet()) {
      ChartFiles.write(directory, chart.getKey(), chart.getValue());
      for (String suffix : new String[] {"", "-dark"}) {
        String name = chart.getKey() + suffix + ".png";
        BufferedImage image = ImageIO.read(directory.resolve(name).toFile());
        assertThat(image.getWidth()).as(name).isEqualTo(1520);
        assertThat(image.getHeight()).as(name).isBetween(920, 1200);
        assertThat(image.getRGB(1, 1) & 0xffffff)
            .as("background of %s", name)
            .isEqualTo(suffix.isEmpty() ? 0xffffff : 0x14181d);
        assertThat(colors(image)).as("colors of %s", name).hasSizeGreaterThan(20);
      }
    }
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    ChartFiles.write(directory, "first", SampleCharts.bands());
    ChartFiles.write(directory, "second", SampleCharts.bands());
    for (String suffix : new String[] {".svg", ".png", "-dark.svg", "-dark.png"}) {
      assertThat(directory.resolve("second" + suffix))
          .hasSameBinaryContentAs(directory.resolve("first" + suffix));
    }
  }

  @Test
  void drawsWhatIsHardlyThere() {
    double[] none = {};
    double[] one = {1};
    double[] zero = {0};
    double[] missing = {Double.NaN};
    List<Chart> charts =
        List.of(
            oneCurve(Curve.of("c", none, none, Line.SOLID, 0)),
            oneCurve(Curve.of("c", one, one, Line.SOLID, 0).withBand(zero, one)),
            oneCurve(Curve.of("c", one, missing, Line.DASHED, 0)),
            oneCurve(Curve.of("c", zero, zero, Line.DOTTED, 0)),
            new LineChart(
                "t",
                Axis.logarithmic("x"),
                Axis.logarithmic("y"),
                List.of(Curve.of("c", zero, zero, Line.SOLID, 0))),
            new LineChart(
                "t",
                Axis.linear("x").from(7),
                Axis.linear("y").to(-3),
                List.of(Curve.of("c", one, one, Line.SOLID, 0))),
            new LineChart("t", Axis.linear("x"), Axis.linear("y"), List.of()),
            new BarChart("t", "x", Axis.linear("y"), List.of(), List.of()),
            new BarChart("t", "x", Axis.linear("y"), List.of("a"), List.of(Bars.of("b", zero, 0))),
            new BarChart(
                "t",
                "x",
                Axis.logarithmic("y"),
                List.of("a"),
                List.of(Bars.of("b", one, 0).withWhiskers(zero, one))));
    for (int i = 0; i < charts.size(); i++) {
      Figure figure = ChartFiles.write(directory, "chart-" + i, charts.get(i));
      assertThat(figure.lightSvg()).as("chart %d", i).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    double[] two = {1, 2};
    double[] three = {1, 2, 3};
    assertThatThrownBy(() -> Curve.of("c", two, three, Line.SOLID, 0))
        .hasMessage("Curve \"c\" has 2 x and 3 y");
    assertThatThrownBy(() -> Curve.of("c", two, two, Line.SOLID, 8))
        .hasMessage("Color 8; there are 0 to 7");
    assertThatThrownBy(() -> Axis.logarithmic("loss").from(0))
        .hasMessage("Axis \"loss\" has its end at 0.0; it must be finite and above 0");
    assertThatThrownBy(
            () ->
                new BarChart(
                    "t", "x", Axis.linear("y"), List.of("a"), List.of(Bars.of("b", two, 0))))
        .hasMessage("Bars \"b\": 2 values for 1 categories");
    assertThatThrownBy(() -> ChartFiles.write(directory, "../x", SampleCharts.bands()))
        .hasMessage("A figure named \"../x\"; names have small letters, digits and hyphens");
  }

  /**
   * On a server without fonts and without fontconfig, Java cannot draw text by itself. The test
   * takes fontconfig away by putting an empty library before it, shows that this does it, and then
   * that charts are the same as here to the byte.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void needsNoFontsOfTheMachine() throws Exception {
    Path hidden = Files.createDirectory(directory.resolve("hidden"));
    Files.createFile(hidden.resolve("libfontconfig.so"));
    Files.createFile(hidden.resolve("libfontconfig.so.1"));
    Path plain = directory.resolve("plain");
    assertThat(java(hidden, plain, "text"))
        .as("Java's own fonts without fontconfig")
        .contains("InternalError");

    Path bare = Files.createDirectory(directory.resolve("bare"));
    assertThat(java(hidden, bare, "chart")).endsWith("drawn\n");
    ChartFiles.write(directory, "bands", SampleCharts.bands());
    for (String name : new String[] {"bands.png", "bands.svg", "bands-dark.png"}) {
      assertThat(bare.resolve(name)).hasSameBinaryContentAs(directory.resolve(name));
    }
  }

  private static String java(Path libraries, Path directory, String what) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DrawsText.class.getName(),
                what,
                directory.toString())
            .redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    builder.environment().remove("DISPLAY");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static LineChart oneCurve(Curve curve) {
    return new LineChart("t", Axis.linear("x"), Axis.linear("y"), List.of(curve));
  }

  private static Set<Integer> colors(BufferedImage image) {
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 3) {
      for (int x = 0; x < image.getWidth(); x += 3) {
        colors.add(image.getRGB(x, y));
      }
    }
    return colors;
  }

  /** Returns the commands of all paths, without their numbers. */
  private static List<String> paths(String svg) throws Exception {
    List<String> paths = new ArrayList<>();
    NodeList nodes = parse(svg).getElementsByTagName("path");
    for (int i = 0; i < nodes.getLength(); i++) {
      String commands = nodes.item(i).getAttributes().getNamedItem("d").getNodeValue();
      paths.add(commands.replaceAll("[^A-Z]", ""));
    }
    return paths;
  }

  private static List<String> texts(String svg) throws Exception {
    List<String> texts = new ArrayList<>();
    NodeList nodes = parse(svg).getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
