package org.roundel.cli.command.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.roundel.api.model.Pass;
import org.roundel.api.model.PassTime.KernelTime;
import org.roundel.cli.benchmark.LayerProfile;
import org.roundel.cli.benchmark.LayerProfile.LayerPass;
import org.roundel.cli.benchmark.LayerProfile.OperationTime;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** Writes what the layers of a training step take as lines of text. */
final class LayerReport {
  private static final Table<LayerPass> PASSES =
      new Table<>(
          List.of(
              Column.terminal("layer", pass -> pass.time().layer()),
              Column.terminal("pass", pass -> word(pass.time().pass())),
              Column.terminal("kernel", pass -> kernel(pass.time().chosen())),
              Column.numbersOnTerminal("ms", pass -> milliseconds(pass.time().chosen())),
              Column.numbersOnTerminal(
                  "GFLOP/s", pass -> Texts.speed(pass.flops(pass.time().chosen()) / 1e9)),
              Column.terminal("other", ofOther((pass, other) -> kernel(other))),
              Column.numbersOnTerminal("ms", ofOther((pass, other) -> milliseconds(other))),
              Column.numbersOnTerminal("times", ofOther(LayerReport::times))),
          List.of());

  private static final Table<OperationTime> OPERATIONS =
      new Table<>(
          List.of(
              Column.terminal("operation", OperationTime::operation),
              Column.numbersOnTerminal(
                  "ms", time -> String.format(Locale.ROOT, "%.3f", time.seconds() * 1e3)),
              Column.numbersOnTerminal("share", time -> Texts.percent(time.share()))),
          List.of());

  private LayerReport() {}

  /** What is said of a pass' other kernel. */
  private interface OtherText {
    String of(LayerPass pass, KernelTime other);
  }

  private static Function<LayerPass, String> ofOther(OtherText text) {
    return pass -> pass.time().other() == null ? "" : text.of(pass, pass.time().other());
  }

  static List<String> lines(LayerProfile profile) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (profile.passes().isEmpty()) {
      lines.add("This net does not tell what its layers take.");
      return lines;
    }
    lines.add("layers of a training step, medians of " + Texts.of(profile.runs(), "run"));
    if (!profile.engine().isEmpty()) {
      lines.add("  " + profile.engine());
    }
    List<LayerPass> multiplying =
        profile.passes().stream().filter(pass -> pass.multiplyAdds() > 0).toList();
    if (!multiplying.isEmpty()) {
      add(lines, PASSES.with(multiplying));
      lines.add("");
    }
    add(lines, OPERATIONS.with(profile.operations()));
    return lines;
  }

  private static void add(List<String> lines, Table<?> table) {
    table.lines().forEach(line -> lines.add("  " + line));
  }

  private static String word(Pass pass) {
    return switch (pass) {
      case FORWARD -> "forward";
      case INPUT_GRADIENT -> "input";
      case WEIGHTS_GRADIENT -> "weights";
      case OTHER -> "other";
    };
  }

  /** The instructions that oneDNN names at the end are the same for the whole net. */
  private static String kernel(KernelTime time) {
    return time.kernel().replaceFirst(":(avx|sse)[^:]*$", "");
  }

  private static String milliseconds(KernelTime time) {
    return String.format(Locale.ROOT, "%.2f", time.nanoseconds() / 1e6);
  }

  private static String times(LayerPass pass, KernelTime other) {
    double ratio = (double) other.nanoseconds() / pass.time().chosen().nanoseconds();
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
