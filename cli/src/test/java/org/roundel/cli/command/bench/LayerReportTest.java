package org.roundel.cli.command.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.Pass;
import org.roundel.api.model.PassTime;
import org.roundel.api.model.PassTime.KernelTime;
import org.roundel.cli.benchmark.LayerProfile;
import org.roundel.cli.benchmark.LayerProfile.LayerPass;

class LayerReportTest {
  private static PassTime time(String operation, Pass pass, KernelTime chosen, KernelTime other) {
    return new PassTime("one", operation, pass, chosen, other);
  }

  /** 3 million multiply-adds in 2 ms are 3 GFLOP/s; 6 of 10 ms are 60 %. */
  @Test
  void comparesKernelsAndAddsUpTheStep() {
    KernelTime chosen = new KernelTime("winograd", 2_000_000);
    KernelTime other = new KernelTime("jit:avx2", 5_000_000);
    KernelTime product = new KernelTime("x64:gemm:jit", 4_000_000);
    KernelTime loop = new KernelTime("vectors", 4_000_000);
    LayerProfile profile =
        new LayerProfile(
            "loops; vectors of 256 bits",
            7,
            List.of(
                new LayerPass(time("convolution", Pass.FORWARD, chosen, other), 3_000_000),
                new LayerPass(
                    time("convolution", Pass.WEIGHTS_GRADIENT, product, null), 30_000_000),
                new LayerPass(time("batch-normalisation", Pass.OTHER, loop, other), 0)));
    assertThat(LayerReport.lines(profile))
        .containsExactly(
            "",
            "layers of a training step, medians of 7 runs",
            "  loops; vectors of 256 bits",
            "  layer  pass     kernel          ms  GFLOP/s  other    ms  times",
            "  one    forward  winograd      2.00     3.00  jit    5.00   2.50",
            "  one    weights  x64:gemm:jit  4.00     15.0",
            "",
            "  operation               ms    share",
            "  convolution          6.000  60.00 %",
            "  batch-normalisation  4.000  40.00 %");
  }

  @Test
  void hasNoTableOfProductsWhereTheNetDoesNotCountThem() {
    KernelTime chosen = new KernelTime("loop", 4_000_000);
    LayerPass pass = new LayerPass(time("convolution", Pass.FORWARD, chosen, null), 0);
    assertThat(LayerReport.lines(new LayerProfile("loops", 7, List.of(pass))))
        .containsExactly(
            "",
            "layers of a training step, medians of 7 runs",
            "  loops",
            "  operation       ms     share",
            "  convolution  4.000  100.00 %");
  }

  @Test
  void saysWhereThereIsNothingToTell() {
    assertThat(LayerReport.lines(new LayerProfile("", 3, List.of())))
        .containsExactly("", "This net does not tell what its layers take.");
  }
}
