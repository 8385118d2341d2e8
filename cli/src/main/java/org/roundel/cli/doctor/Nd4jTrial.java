package org.roundel.cli.doctor;

import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Multiplies two matrices, which is ND4J's and OpenBLAS's work. */
final class Nd4jTrial {
  private static final float PRODUCT = 1 * 3 + 2 * 4;

  private Nd4jTrial() {}

  static Finding finding() {
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int threads = operations.ompGetMaxThreads();
    String text =
        String.format(
            Locale.ROOT,
            "%s built for %s, the processor has %s; %s%s",
            Libraries.version("org.nd4j", "nd4j-native"),
            level(operations.binaryLevel()),
            level(operations.optimalLevel()),
            threads,
            threads == 1 ? " thread" : " threads");
    try (INDArray left = Nd4j.createFromArray(new float[][] {{1, 2}});
        INDArray right = Nd4j.createFromArray(new float[][] {{3}, {4}});
        INDArray product = left.mmul(right)) {
      float found = product.getFloat(0);
      return new Finding(
          "ND4J",
          text,
          found == PRODUCT
              ? null
              : String.format(
                  Locale.ROOT,
                  "A product of two matrices is %s and should be %s: install Roundel again, for"
                      + " this operating system and processor.",
                  found,
                  PRODUCT));
    }
  }

  /** ND4J's numbers for the instructions that code uses. */
  private static String level(int level) {
    return switch (level) {
      case 3 -> "AVX-512";
      case 2 -> "AVX2";
      default -> "no AVX2";
    };
  }
}
