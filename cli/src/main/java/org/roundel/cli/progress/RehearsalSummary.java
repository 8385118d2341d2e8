package org.roundel.cli.progress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.RunStarted;
import org.roundel.core.ship.TrainingMemory;
import org.roundel.report.terminal.Paint;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Prints what a run would be that was only rehearsed. */
public final class RehearsalSummary {
  private final PrintStream out;
  private final Paint paint;
  private final int width;

  /** Makes a printer. */
  public RehearsalSummary(Terminal terminal) {
    this.out = terminal.out();
    this.paint = terminal.paint();
    this.width = terminal.width();
  }

  /**
   * Prints it.
   *
   * @param memory what the net needs; null if that is not known
   */
  public void print(RunStarted planned, @Nullable TrainingMemory memory) {
    for (String notice : planned.notices()) {
      out.println(paint.warning("note:") + " " + notice);
    }
    out.println(paint.title("Would train " + PlanRows.title(planned.configuration())));
    PlanRows.of(planned).forEach(this::text);
    if (memory != null) {
      row("memory", Texts.bytes(memory.total()) + " beside the data");
    }
    row("run", PlanRows.shown(planned.directory()).toString());
    text("disk", disk(planned, memory));
    out.println();
    out.println("Nothing was trained or written.");
    out.flush();
  }

  private static String disk(RunStarted planned, @Nullable TrainingMemory memory) {
    StringBuilder text = new StringBuilder();
    if (memory != null) {
      // What a run goes on from: all but what each update computes anew.
      long checkpoint = memory.total() - memory.gradients() - memory.activations();
      text.append("about ").append(Texts.bytes(checkpoint)).append(" a checkpoint, ");
    }
    text.append(planned.configuration().get(RunSettings.KEEP_CHECKPOINTS))
        .append(" kept and the best one");
    OptionalLong free = free(planned.directory());
    if (free.isPresent()) {
      text.append("; ").append(Texts.bytes(free.getAsLong())).append(" free");
    }
    return text.toString();
  }

  private static OptionalLong free(Path directory) {
    Path nearest = directory.toAbsolutePath();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    try {
      return nearest == null
          ? OptionalLong.empty()
          : OptionalLong.of(Files.getFileStore(nearest).getUsableSpace());
    } catch (IOException unknown) {
      return OptionalLong.empty();
    }
  }

  private void text(String label, String text) {
    PlanRows.rows(label, text, width).forEach(out::println);
  }

  private void row(String label, String text) {
    out.println(PlanRows.row(label, text));
  }
}
