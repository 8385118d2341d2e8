package org.roundel.dl4j;

import java.util.Locale;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;

/** A program for a JVM of its own: trains a small net and says what came of it. */
final class ForkedNet {
  private ForkedNet() {}

  public static void main(String[] arguments) {
    InputShape input = new InputShape(3, 16, 16);
    try (Model model = Dl4jModel.of(RandomGraph.of(2, 3, 16), Fixtures.request(input, 3, 32))) {
      INDArray images = Fixtures.normal(DataType.FLOAT, 1, 32, 3, 16, 16);
      Batch batch = new Batch(images, Fixtures.labels(32, 3));
      double loss = 0;
      for (int step = 0; step < 3; step++) {
        loss = model.computeGradients(batch, Fixtures.random(step)).loss();
        for (Parameter parameter : model.parameters()) {
          parameter.values().subi(parameter.gradient().mul(0.1));
        }
      }
      CRC32 sum = new CRC32();
      for (Parameter parameter : model.parameters()) {
        sum.update(parameter.values().dup().data().asBytes());
      }
      System.out.printf(Locale.ROOT, "RESULT %.3f %08x%n", loss, sum.getValue());
    }
  }
}
