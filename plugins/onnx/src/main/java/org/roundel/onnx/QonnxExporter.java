package org.roundel.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.Window;

/**
 * Writes QONNX for one image at a time: weights are floats behind a {@code BipolarQuant} or {@code
 * Quant}, linear layers a MatMul and an Add, and no image is cut.
 */
final class QonnxExporter implements Exporter {
  private static final String ONE_IMAGE = "1";

  @Override
  public List<String> problems(ShippedNet net) {
    List<String> problems = new ArrayList<>(HoldableNets.problems(net));
    for (Operation operation : net.graph().operations()) {
      if (operation instanceof Convolution convolution) {
        addIfCut(problems, net, convolution, convolution.window());
        addIfUneven(problems, net, convolution, convolution.weights());
      } else if (operation instanceof Linear linear) {
        addIfUneven(problems, net, linear, linear.weights());
      } else if (operation instanceof Pooling pooling) {
        addIfCut(problems, net, pooling, pooling.window());
      }
    }
    return problems;
  }

  private static void addIfCut(
      List<String> problems, ShippedNet net, Operation operation, Window window) {
    if (OnnxWindow.of(window, net.graph().shape(operation.inputs().get(0))).isCut()) {
      problems.add(
          "operation '"
              + operation.name()
              + "' leaves out the last pixels of its images, which takes a Slice that FPGA tools"
              + " do not read");
    }
  }

  private static void addIfUneven(
      List<String> problems, ShippedNet net, Operation operation, String weights) {
    Levels levels = net.array(weights).levels();
    if (levels != null && EvenGrid.of(levels).isEmpty()) {
      problems.add(
          "operation '"
              + operation.name()
              + "' has weights whose values are no whole multiples of one step");
    }
  }

  @Override
  public void export(ShippedNet net, ExportFiles files) throws IOException {
    OnnxGraph graph = new OnnxGraph(false);
    new NodeWriter(net, graph, new QuantDialect(net, graph), NodeWriter.IMAGES).write();
    try (OutputStream out = files.openMain()) {
      new ModelFile(net, false)
          .withDomain(QuantDialect.DOMAIN, QuantDialect.VERSION)
          .message(graph, ONE_IMAGE)
          .writeTo(out);
    }
  }
}
