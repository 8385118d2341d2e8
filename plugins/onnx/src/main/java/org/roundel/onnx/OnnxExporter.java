package org.roundel.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;

/** Writes ONNX of opset 15: a symbolic batch, no operators but ONNX's own. */
final class OnnxExporter implements Exporter {
  private static final String ANY_BATCH = "N";

  private final boolean plain;
  private final boolean normalise;
  private final boolean fold;

  OnnxExporter(boolean plain, boolean normalise, boolean fold) {
    this.plain = plain;
    this.normalise = normalise;
    this.fold = fold;
  }

  @Override
  public List<String> problems(ShippedNet net) {
    List<String> problems = new ArrayList<>(HoldableNets.problems(net));
    if (normalise && net.scaling() == null) {
      problems.add(
          "operation '"
              + net.graph().operations().get(0).name()
              + "' reads images whose dataset does not say its mean and deviation; leave out"
              + " normalise=true");
    }
    return problems;
  }

  @Override
  public void export(ShippedNet given, ExportFiles files) throws IOException {
    ShippedNet net = fold ? NormalizationFolding.fold(given) : given;
    OnnxGraph graph = new OnnxGraph(true);
    String images = NodeWriter.IMAGES;
    PixelScaling scaling = net.scaling();
    if (normalise && scaling != null) {
      images = graph.node("Sub", images, perChannel(graph, scaling.means()));
      images = graph.node("Div", images, perChannel(graph, scaling.deviations()));
    }
    new NodeWriter(net, graph, new PackedDialect(net, graph, plain), images).write();
    try (OutputStream out = files.openMain()) {
      new ModelFile(net, normalise).message(graph, ANY_BATCH).writeTo(out);
    }
  }

  private static String perChannel(OnnxGraph graph, List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int channel = 0; channel < floats.length; channel++) {
      floats[channel] = numbers.get(channel).floatValue();
    }
    return graph.floats(List.of(floats.length, 1, 1), floats);
  }
}
