package org.roundel.cli.command.sweep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.roundel.core.event.EpochCompleted;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.sweep.lease.Owner;
import org.roundel.sweep.work.CellState;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.SweepStatus;

/** How far a sweep is, for people and for programs. */
record StatusReport(SweepDirectory sweep, SweepStatus status) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Prints a line for each cell, then why some are given up. */
  void print(PrintStream out) {
    List<Column<CellState>> columns =
        List.of(
            Column.of("cell", state -> state.cell().name()),
            Column.of("state", state -> state.phase().word()),
            Column.of("epochs", state -> state.epochs() + "/" + state.planned()),
            Column.of("lowest error", StatusReport::error),
            Column.of("where", StatusReport::place));
    new Table<>(columns, status.cells()).print(out, head());
    for (CellState state : status.cells()) {
      if (!state.message().isEmpty()) {
        out.println(state.cell().name() + ": " + state.message());
      }
    }
    out.flush();
  }

  /** Returns how many cells are in each state. */
  String head() {
    String counts =
        status.counts().entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().word())
            .collect(Collectors.joining(", "));
    return Texts.of(status.cells().size(), "cell") + ": " + counts;
  }

  private static String error(CellState state) {
    EpochCompleted best = state.best();
    return best == null ? "-" : Texts.percent(best.test().error());
  }

  private static String place(CellState state) {
    Owner holder = state.holder();
    return holder == null ? "-" : holder.place();
  }

  /** Returns one object, on lines of its own, with a line's end. */
  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("directory", sweep.path().toString());
    ObjectNode counts = root.putObject("counts");
    for (CellState.Phase phase : CellState.Phase.values()) {
      counts.put(phase.word(), status.counts().getOrDefault(phase, 0));
    }
    ArrayNode cells = root.putArray("cells");
    status.cells().forEach(state -> add(cells.addObject(), state));
    return root.toPrettyString() + "\n";
  }

  private void add(ObjectNode node, CellState state) {
    node.put("name", state.cell().name()).put("state", state.phase().word());
    node.put("run", sweep.run(state.cell()).toString());
    node.put("epochs", state.epochs()).put("planned_epochs", state.planned());
    EpochCompleted best = state.best();
    if (best != null) {
      node.put("best_epoch", best.epoch()).put("best_error", best.test().error());
      node.put("validated", best.validated());
    }
    Owner holder = state.holder();
    if (holder != null) {
      node.put("host", holder.host()).put("pid", holder.pid());
    }
    if (!state.message().isEmpty()) {
      node.put("message", state.message());
    }
  }
}
