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
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
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
    if (multiplyAdds.training() > 0) {
      lines.add(
          row(
              "work",
              String.format(
                  Locale.ROOT,
                  "%s million multiply-adds an image forward, %s backward",
                  millions(multiplyAdds.forward()),
                  millions(multiplyAdds.backward()))));
    }
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
    List<Figures> training = steps(result.training(), multiplyAdds.training(), machine);
    addTraffic(training, result.training(), "quantize", net.quantizeBytes(), machine);
    addTraffic(training, result.training(), "update", net.updateBytes(), machine);
    List<String> lines = new ArrayList<>(table("training", training));
    lines.addAll(table("inference", steps(result.inference(), multiplyAdds.forward(), machine)));
    if (result.reading() != null) {
      lines.addAll(ReadingReport.lines(result.reading()));
    }
    if (result.layers() != null) {
      lines.addAll(LayerReport.lines(result.layers()));
    }
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

  /**
   * A line of figures.
   *
   * @param share of all the time, or of what the machine can do
   * @param ofWhat what the machine does there, as in {@code of sgemm}; empty where it is the time
   */
  private record Figures(
      String name, String median, String best, String longest, String share, String ofWhat) {
    static Figures of(String name, Times times, double share) {
      return new Figures(
          name,
          milliseconds(times.median()),
          milliseconds(times.best()),
          milliseconds(times.longest()),
          percent(share),
          "");
    }

    static Figures of(String name, double median, double best, double possible, String possibly) {
      return new Figures(
          name,
          Texts.speed(median / 1e9),
          Texts.speed(best / 1e9),
          "",
          percent(median / possible),
          "of " + possibly);
    }
  }

  private static List<String> table(String title, List<Figures> rows) {
    List<String> lines =
        new Table<>(
                List.of(
                    Column.<Figures>terminal(title, row -> "  " + row.name()),
                    Column.numbersOnTerminal("median", Figures::median),
                    Column.numbersOnTerminal("best", Figures::best),
                    Column.numbersOnTerminal("longest", Figures::longest),
                    Column.numbersOnTerminal("share", Figures::share),
                    Column.terminal("", Figures::ofWhat)),
                rows)
            .lines();
    List<String> apart = new ArrayList<>(List.of(""));
    apart.addAll(lines);
    return apart;
  }

  private static List<Figures> steps(StepTimes steps, long multiplyAdds, MachineSpeed machine) {
    List<Figures> rows = new ArrayList<>();
    for (StepTimes.PhaseTime phase : steps.phases()) {
      rows.add(
          Figures.of(
              PHASES.getOrDefault(phase.phase(), phase.phase()),
              phase.times(),
              steps.share(phase)));
    }
    rows.add(Figures.of("step", steps.step(), 1));
    rows.add(
        new Figures(
            "images/s",
            Texts.speed(steps.imagesPerSecond()),
            Texts.speed(steps.bestImagesPerSecond()),
            "",
            "",
            ""));
    if (multiplyAdds > 0) {
      double operations = 2.0 * multiplyAdds;
      rows.add(
          Figures.of(
              "GFLOP/s",
              operations * steps.imagesPerSecond(),
              operations * steps.bestImagesPerSecond(),
              machine.gemmFlops(),
              "sgemm"));
    }
    return rows;
  }

  /** A small net's arrays stay in the caches, so the share may pass 100 %. */
  private static void addTraffic(
      List<Figures> rows, StepTimes steps, String name, long bytes, MachineSpeed machine) {
    for (StepTimes.PhaseTime phase : steps.phases()) {
      if (bytes > 0 && phase.phase().equals(name)) {
        rows.add(
            Figures.of(
                "GB/s " + name,
                bytes / phase.times().median(),
                bytes / phase.times().best(),
                machine.copyBytes(),
                "copy"));
      }
    }
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
