package org.roundel.cli.command.sweep;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.run.RunLog;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.progress.BarListener;
import org.roundel.cli.runreport.ReportListener;
import org.roundel.cli.spark.SparkCommands;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.ListenerChain;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.record.Invocation;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellEnd;
import org.roundel.sweep.cell.CellOutcome;
import org.roundel.sweep.work.CellState;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.SweepStatus;
import org.roundel.sweep.work.WorkListener;

/** Prints what a worker does, a line for each cell, and keeps each run's log and report. */
final class WorkReport implements WorkListener {
  private final Terminal terminal;
  private final PrintStream out;
  private final Invocation invocation;
  private final boolean quiet;
  private final ErrorReporter errors;
  private final Set<String> notices = new HashSet<>();
  private @Nullable RunLog log;
  private @Nullable EpochCompleted last;
  private final Set<String> tooLarge = new HashSet<>();
  private int exitCode = ExitCodes.OK;

  WorkReport(Terminal terminal, Invocation invocation, boolean quiet) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.invocation = invocation;
    this.quiet = quiet;
    this.errors = new ErrorReporter(terminal, false);
  }

  @Override
  public TrainingListener begins(Cell cell) {
    say("begins", cell.name());
    last = null;
    RunLog opened = new RunLog(invocation);
    log = opened;
    StatusLine line = quiet ? StatusLine.none() : terminal.statusLine();
    return new ListenerChain(
        List.of(
            opened,
            new ReportListener(warning -> errors.print("warning: " + warning)),
            new BarListener(line),
            new Seen()));
  }

  @Override
  public void ended(Cell cell, CellEnd end) {
    RunLog opened = log;
    log = null;
    if (opened != null) {
      opened.close();
    }
    terminal.statusLine().clear();
    switch (end.outcome()) {
      case TRAINED -> say("trained", cell.name() + ": " + error());
      case INTERRUPTED -> say("stopped", cell.name());
      case IN_USE -> say("in use", cell.name() + ", by a process that does not work here");
      case TAKEN_OVER -> errors.print("warning: " + end.message());
      case DIVERGED -> say("diverged", cell.name() + ": " + end.message());
      case TOO_LARGE -> {
        tooLarge.add(cell.name());
        say("left", cell.name() + ": " + end.message());
      }
      case FAILED -> failed(cell, end);
      case FOUND -> {
        // Another process has said so.
      }
    }
  }

  private void failed(Cell cell, CellEnd end) {
    errors.print("the cell " + cell.name() + " failed and is left:");
    Throwable failure = end.failure();
    if (failure != null) {
      int code = errors.report(failure);
      exitCode = exitCode == ExitCodes.OK ? code : exitCode;
    }
  }

  /** Says that another process is given a cell. */
  void begun(Cell cell) {
    say("begins", cell.name());
  }

  /**
   * Says what another process of this program has said of its cell.
   *
   * @return whether the cell may be given to one more, if it is not done
   */
  boolean relay(Cell cell, SparkCommands.Ended end) {
    Pattern line =
        Pattern.compile(
            "(trained|stopped|in use|diverged|left) +" + Pattern.quote(cell.name()) + "\\b.*");
    List<String> said = end.out().lines().filter(text -> line.matcher(text).matches()).toList();
    terminal.statusLine().clear();
    if (!quiet) {
      said.forEach(out::println);
      out.flush();
    }
    end.err().lines().forEach(terminal.err()::println);
    exitCode = exitCode == ExitCodes.OK ? end.exitCode() : exitCode;
    boolean large = isLeft(cell, end);
    if (large) {
      tooLarge.add(cell.name());
    }
    return !large;
  }

  /** Returns whether another process has said that it leaves a cell, for want of memory. */
  static boolean isLeft(Cell cell, SparkCommands.Ended end) {
    String line = String.format(Locale.ROOT, "%-8s %s:", "left", cell.name());
    return end.out().lines().anyMatch(text -> text.startsWith(line));
  }

  /** Says that other processes could not train a cell, without a word of their own. */
  void lost(Cell cell, RuntimeException failure) {
    failed(cell, new CellEnd(CellOutcome.FAILED, failure));
  }

  @Override
  public void watches() {
    terminal.statusLine().drawNow(columns -> "Watching the cells of others ...");
  }

  private String error() {
    EpochCompleted epoch = last;
    if (epoch == null) {
      return "nothing was left to do";
    }
    return (epoch.validated() ? "validation error " : "test error ")
        + Texts.percent(epoch.test().error());
  }

  private void say(String what, String text) {
    if (!quiet) {
      terminal.statusLine().clear();
      out.println(String.format(Locale.ROOT, "%-8s %s", what, text));
      out.flush();
    }
  }

  /**
   * Says how it ended: the sweep, not this process's share of it alone.
   *
   * @param cells those that were to be worked on
   * @param left those of them that are left to others or for later
   * @param tells whether to say once more of which cells it was said before
   * @return the exit code, by which a script knows whether to call again
   */
  int end(SweepDirectory sweep, List<Cell> cells, List<Cell> left, boolean stopped, boolean tells) {
    terminal.statusLine().clear();
    StatusReport report = new StatusReport(sweep, SweepStatus.of(sweep));
    out.println(report.head());
    String word = MessageText.shellWord(sweep.path());
    if (stopped && !left.isEmpty()) {
      out.println("Stopped early; go on with: roundel work " + word);
      out.flush();
      return ExitCodes.INTERRUPTED;
    }
    out.println("See them with: roundel sweep status " + word);
    out.flush();
    Set<String> own = cells.stream().map(Cell::name).collect(Collectors.toSet());
    List<CellState> states =
        report.status().cells().stream()
            .filter(state -> own.contains(state.cell().name()))
            .toList();
    return new WorkEnd(states, left, tooLarge).tell(errors, tells, word, exitCode);
  }

  /**
   * Sees what is printed at the end of a cell, and notices, each once however many runs have it.
   */
  private final class Seen implements TrainingListener {
    @Override
    public void runStarted(RunStarted event) {
      for (String notice : event.notices()) {
        if (notices.add(notice) && !quiet) {
          out.println("note: " + notice);
        }
      }
    }

    @Override
    public void epochCompleted(EpochCompleted event) {
      last = event;
    }
  }
}
