package org.roundel.cli.command.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.report.terminal.Texts;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.work.CellState;

/**
 * What a sweep still lacks when a worker finds nothing more to do.
 *
 * @param cells as they are now
 * @param left the cells that the worker has left
 * @param tooLarge those of them that need more memory than it may take, by name
 */
record WorkEnd(List<CellState> cells, List<Cell> left, Set<String> tooLarge) {
  private static final int NAMED = 5;

  /**
   * Says it.
   *
   * @param again whether to say, too, of what each line before has said
   * @param word the sweep's directory, as a shell reads it
   * @param failed the exit code of the first cell that has failed in this call; 0 if none has
   * @return the exit code
   */
  int tell(ErrorReporter errors, boolean again, String word, int failed) {
    List<String> known = new ArrayList<>();
    List<CellState> failures =
        cells.stream().filter(state -> state.phase() == CellState.Phase.FAILED).toList();
    if (!failures.isEmpty()) {
      known.add(
          Texts.of(failures.size(), "cell")
              + " failed, now or before: "
              + names(failures)
              + ". Once that is mended: roundel work --retry "
              + word);
    }
    List<CellState> undone = cells.stream().filter(this::isNobodys).toList();
    List<CellState> large =
        undone.stream().filter(state -> tooLarge.contains(state.cell().name())).toList();
    if (!large.isEmpty()) {
      known.add(
          Texts.of(large.size(), "cell")
              + " left, for want of memory, and in nobody's hands: "
              + names(large)
              + ". Start a worker where there is more: roundel work "
              + word);
    }
    List<String> unreadable = new ArrayList<>();
    for (CellState state : undone) {
      if (!state.message().isEmpty()) {
        unreadable.add("the cell " + state.cell().name() + " is left: " + state.message());
      }
    }
    if (again) {
      known.forEach(errors::print);
    }
    unreadable.forEach(errors::print);
    boolean lacks = !known.isEmpty() || !unreadable.isEmpty();
    return failed == ExitCodes.OK && lacks ? ExitCodes.CONFIGURATION : failed;
  }

  private boolean isNobodys(CellState state) {
    boolean waits =
        state.phase() == CellState.Phase.WAITING || state.phase() == CellState.Phase.STOPPED;
    return waits && left.stream().anyMatch(cell -> cell.name().equals(state.cell().name()));
  }

  private static String names(List<CellState> states) {
    String first =
        states.stream()
            .limit(NAMED)
            .map(state -> state.cell().name())
            .collect(Collectors.joining(", "));
    return states.size() <= NAMED ? first : first + " and " + (states.size() - NAMED) + " more";
  }
}
