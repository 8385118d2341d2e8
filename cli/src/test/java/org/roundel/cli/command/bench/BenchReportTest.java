package org.roundel.cli.command.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.cli.benchmark.BenchmarkResult;
import org.roundel.cli.benchmark.BenchmarkedNet;
import org.roundel.cli.benchmark.MachineSpeed;
import org.roundel.cli.benchmark.ProcessMemory;
import org.roundel.cli.benchmark.ReadingSpeed;
import org.roundel.cli.benchmark.StepTimes;
import org.roundel.cli.benchmark.Times;
import org.roundel.core.config.RunConfiguration;

class BenchReportTest {
  private final BenchReport report = new BenchReport(RunConfiguration.of(Map.of()), 1, 2);

  /** Ten images in 10 ms. */
  private static BenchmarkResult result(MultiplyAdds multiplyAdds) {
    Times times = new Times(0.01, 0.01, 0.01, 0.02);
    StepTimes steps = new StepTimes(10, 2, List.of(new StepTimes.PhaseTime("data", times)), times);
    ReadingSpeed reading =
        new ReadingSpeed(
            2,
            List.of(
                new ReadingSpeed.OnThreads(1, 240.4, 0.0041),
                new ReadingSpeed.OnThreads(2, 471, 0.0042)));
    BenchmarkedNet net = new BenchmarkedNet(10, 0, new InputShape(1, 8, 8), 10, multiplyAdds, 0, 0);
    return new BenchmarkResult(net, steps, steps, new ProcessMemory(1 << 20, true), reading, null);
  }

  private List<String> lines(MultiplyAdds multiplyAdds) {
    BenchmarkResult result = result(multiplyAdds);
    List<String> lines = new ArrayList<>(report.heading(result.net()));
    lines.addAll(report.lines(result, new MachineSpeed(8e9, 1e9, 2)));
    return lines;
  }

  /** 1,000 images a second of 2 million products make 4 GFLOP/s, half of 8. */
  @Test
  void comparesTheNetsArithmeticWithTheMachines() {
    assertThat(lines(new MultiplyAdds(500_000, 1_500_000)))
        .contains("  work      0.50 million multiply-adds an image forward, 1.50 backward")
        .anyMatch(line -> line.matches("  GFLOP/s +4\\.00 +4\\.00 +50\\.0 % +of sgemm"));
  }

  @Test
  void saysNothingOfArithmeticThatTheNetDoesNotCount() {
    assertThat(lines(MultiplyAdds.NONE))
        .noneMatch(line -> line.startsWith("  work ") || line.startsWith("  GFLOP/s"))
        .anyMatch(line -> line.startsWith("  images/s "));
  }

  @Test
  void saysHowFastImagesAreRead() {
    assertThat(lines(MultiplyAdds.NONE))
        .containsSequence(
            "",
            "reading training images, and nothing else: 2 batches",
            "  threads  images/s  processor ms an image",
            "        1       240                  4.100",
            "        2       471                  4.200",
            "");
  }
}
