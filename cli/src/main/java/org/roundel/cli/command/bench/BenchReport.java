package org.roundel.cli.command.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.cli.benchmark.BenchmarkResult;
import org.roundel.cli.benchmark.BenchmarkedNet;
import org.roundel.cli.benchmark.MachineSpeed;
import org.roundel.cli.benchmark.ProcessMemory;
import org.roundel.cli.benchmark.StepTimes;
import org.roundel.cli.benchmark.Times;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.report.terminal.Texts;

/** Writes what a benchmark measured as lines of text, 80 columns wide at most. */
final class BenchReport {
  /** What people call the phases. */
  private static final Map<String, String> PHASES =
      Map.of(
          "data", "wait for data",
          "quantize", "quantize",
          "gradients", "forward + backward",
          "update", "update",
          "forward", "forward");

  private final RunConfiguration configuration;
  private final int warmUp;
  private final int steps;

  BenchReport(RunConfiguration configuration, int warmUp, int steps) {
    this.configuration = configuration;
    this.warmUp = warmUp;
    this.steps = steps;
  }

  /** Returns what is going to be measured. */
  List<String> heading(BenchmarkedNet net) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Measuring %s on %s",
            configuration.get(RunSettings.MODEL),
            configuration.get(RunSettings.DATASET)));
    lines.add(row("net", Texts.count(net.parameters()) + " parameters, " + quantization(net)));
    lines.add(row("images", net.images() + ", batches of " + net.batchSize()));
    MultiplyAdds multiplyAdds = net.multiplyAdds();
    lines.add(
        row(
            "work",
            String.format(
                Locale.ROOT,
                "%s million multiply-adds an image forward, %s backward",
                millions(multiplyAdds.forward()),
                millions(multiplyAdds.backward()))));
    lines.add(
        row(
            "plan",
            String.format(
                Locale.ROOT,
                "%s after %s to warm up, %s, seed %s",
                Texts.of(steps, "step"),
                Texts.count(warmUp),
                configuration.get(RunSettings.OPTIMIZER),
                configuration.get(RunSettings.SEED))));
    return lines;
  }

  private String quantization(BenchmarkedNet net) {
    if (net.quantizedParameters() == 0) {
      return "none quantized";
    }
    return String.format(
        Locale.ROOT,
        "%s quantized by %s (%s)",
        Texts.count(net.quantizedParameters()),
        configuration.get(RunSettings.QUANTIZER),
        configuration.get(RunSettings.QUANTIZE));
  }

  /** Returns what was measured. */
  List<String> lines(BenchmarkResult result, MachineSpeed machine) {
    BenchmarkedNet net = result.net();
    MultiplyAdds multiplyAdds = net.multiplyAdds();
    List<String> lines = new ArrayList<>();
    steps(lines, "training", result.training());
    arithmetic(lines, result.training(), multiplyAdds.training(), machine);
    traffic(lines, result.training(), "quantize", net.quantizeBytes(), machine);
    traffic(lines, result.training(), "update", net.updateBytes(), machine);
    steps(lines, "inference", result.inference());
    arithmetic(lines, result.inference(), multiplyAdds.forward(), machine);
    lines.add("");
    lines.add("this machine");
    lines.add(
        row(
            "sgemm",
            String.format(
                Locale.ROOT,
                "%s GFLOP/s: ND4J, square float32 matrices of %s, best of %s",
                Texts.speed(machine.gemmFlops() / 1e9),
                MachineSpeed.MATRIX_SIZE,
                MachineSpeed.ROUNDS)));
    lines.add(
        row(
            "copy",
            String.format(
                Locale.ROOT,
                "%s GB/s read + written: %s MiB, %s%s, best of %s",
                Texts.speed(machine.copyBytes() / 1e9),
                MachineSpeed.COPY_MEBIBYTES,
                machine.copyThreads(),
                machine.copyThreads() == 1 ? " thread" : " threads",
                MachineSpeed.ROUNDS)));
    lines.add(row("memory", memory(result.memory())));
    return lines;
  }

  private static void steps(List<String> lines, String title, StepTimes steps) {
    lines.add("");
    lines.add(columns(title, "median", "best", "longest", "share"));
    for (StepTimes.PhaseTime phase : steps.phases()) {
      lines.add(
          times(
              PHASES.getOrDefault(phase.phase(), phase.phase()),
              phase.times(),
              steps.share(phase)));
    }
    lines.add(times("step", steps.step(), 1));
    lines.add(
        columns(
            "  images/s",
            Texts.speed(steps.imagesPerSecond()),
            Texts.speed(steps.bestImagesPerSecond()),
            "",
            ""));
  }

  private static void arithmetic(
      List<String> lines, StepTimes steps, long multiplyAdds, MachineSpeed machine) {
    double operations = 2.0 * multiplyAdds;
    lines.add(
        speed(
            "GFLOP/s",
            operations * steps.imagesPerSecond(),
            operations * steps.bestImagesPerSecond(),
            machine.gemmFlops(),
            "sgemm"));
  }

  /** A small net's arrays stay in the caches, so the share may pass 100 %. */
  private static void traffic(
      List<String> lines, StepTimes steps, String name, long bytes, MachineSpeed machine) {
    for (StepTimes.PhaseTime phase : steps.phases()) {
      if (bytes > 0 && phase.phase().equals(name)) {
        lines.add(
            speed(
                "GB/s " + name,
                bytes / phase.times().median(),
                bytes / phase.times().best(),
                machine.copyBytes(),
                "copy"));
      }
    }
  }

  private static String times(String name, Times times, double share) {
    return columns(
        "  " + name,
        milliseconds(times.median()),
        milliseconds(times.best()),
        milliseconds(times.longest()),
        percent(share));
  }

  private static String speed(
      String name, double median, double best, double possible, String possibleName) {
    return String.format(
        Locale.ROOT,
        "%s  %s of %s",
        columns("  " + name, Texts.speed(median / 1e9), Texts.speed(best / 1e9), "", ""),
        percent(median / possible),
        possibleName);
  }

  private static String columns(
      String name, String median, String best, String longest, String share) {
    return String.format(
            Locale.ROOT, "%-20s %12s %12s %12s %8s", name, median, best, longest, share)
        .stripTrailing();
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%,.3f ms", seconds * 1e3);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String millions(long count) {
    return String.format(Locale.ROOT, "%,.2f", count / 1e6);
  }

  private static String memory(ProcessMemory memory) {
    return Texts.bytes(memory.bytes())
        + (memory.peak()
            ? " of physical memory at its peak, the whole process"
            : " of physical memory at the end, the whole process");
  }

  private static String row(String label, String text) {
    return "  " + label + " ".repeat(Math.max(1, 10 - label.length())) + text;
  }
}
