package org.roundel.cli.command.ship;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.roundel.core.ship.ArraySummary;
import org.roundel.core.ship.ArraySummary.FoundLevel;
import org.roundel.core.ship.LayerSummary;
import org.roundel.core.ship.NetSummary;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** A net in numbers, for people. */
final class NetReport {
  private static final int MOST_LEVELS = 4;

  private NetReport() {}

  /** Returns a row for each layer, and the totals. */
  static List<String> lines(NetSummary net) {
    Table<LayerSummary> table =
        new Table<>(
            List.of(
                Column.terminal("LAYER", LayerSummary::name),
                Column.terminal("KIND", LayerSummary::kind),
                Column.terminal("OUTPUT", NetReport::shape),
                Column.numbersOnTerminal("NUMBERS", layer -> orNothing(layer.numbers())),
                Column.numbersOnTerminal("BITS", NetReport::bits),
                Column.numbersOnTerminal("BYTES", layer -> orNothing(layer.bytes())),
                Column.numbersOnTerminal("MULTIPLY-ADDS", layer -> orNothing(layer.multiplyAdds())),
                Column.terminal("VALUES", NetReport::values)),
            net.layers());
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        Texts.count(net.numbers())
            + " numbers, "
            + Texts.count(net.multiplyAdds())
            + " multiply-adds an image");
    lines.add(Texts.count(net.bytes()) + " bytes packed, " + ratio(net.floatBytes(), net.bytes()));
    return lines;
  }

  /** Returns how much smaller something is than float32, in words. */
  static String ratio(long floatBytes, long bytes) {
    return String.format(
        Locale.ROOT,
        "1/%.1f of %,d in float32",
        (double) floatBytes / Math.max(1, bytes),
        floatBytes);
  }

  /**
   * Returns what is left at full size, and what to do about it; nothing where all weights are
   * quantized.
   *
   * @param quantize the run's setting
   */
  static List<String> advice(NetSummary net, String quantize) {
    if (net.fullWeights().isEmpty() || net.quantizedBits() == Float.SIZE) {
      return List.of();
    }
    ArraySummary first = net.fullWeights().get(0);
    int others = net.fullWeights().size() - 1;
    String text =
        String.format(
            Locale.ROOT,
            "%s%s in float32, %.0f %% of the packed size: --quantize %s leaves %s out. With"
                + " --quantize all the net takes %,d bytes, %s.",
            first.name(),
            others == 0 ? " stays" : " and " + Texts.of(others, "other") + " stay",
            100.0 * net.fullWeightBytes() / net.bytes(),
            quantize,
            others == 0 ? "it" : "them",
            net.bytesWithAllQuantized(),
            ratio(net.floatBytes(), net.bytesWithAllQuantized()).replace(" in float32", ""));
    return Paragraph.wrap(text, Terminal.DEFAULT_COLUMNS);
  }

  private static String shape(LayerSummary layer) {
    return layer.outputShape().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String orNothing(long count) {
    return count == 0 ? "" : Texts.count(count);
  }

  private static String bits(LayerSummary layer) {
    return layer.arrays().isEmpty() ? "" : Integer.toString(layer.arrays().get(0).bits());
  }

  private static String values(LayerSummary layer) {
    if (layer.arrays().isEmpty()) {
      return "";
    }
    List<FoundLevel> levels = layer.arrays().get(0).levels();
    long all = layer.arrays().get(0).numbers();
    if (levels.isEmpty()) {
      return "";
    }
    if (levels.size() <= MOST_LEVELS) {
      return levels.stream()
          .map(
              level ->
                  String.format(
                      Locale.ROOT, "%s %.1f %%", value(level), 100.0 * level.count() / all))
          .collect(Collectors.joining(", "));
    }
    return levels.size()
        + " from "
        + value(levels.get(0))
        + " to "
        + value(levels.get(levels.size() - 1));
  }

  private static String value(FoundLevel level) {
    String text = String.format(Locale.ROOT, "%.4g", level.value());
    return text.contains(".") && !text.contains("e") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
