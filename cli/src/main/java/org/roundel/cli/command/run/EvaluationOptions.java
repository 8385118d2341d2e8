package org.roundel.cli.command.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.OutputFiles;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.evaluation.ConfusionFile;
import org.roundel.cli.evaluation.EvaluationJson;
import org.roundel.cli.evaluation.EvaluationText;
import org.roundel.cli.evaluation.MistakeSheet;
import org.roundel.cli.evaluation.NetEvaluation;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How an evaluation is told. */
final class EvaluationOptions {
  @Option(
      names = "--confusion",
      paramLabel = "FILE",
      order = 20,
      description = {
        "write which class is taken for which: a picture (.png,",
        ".svg) or comma-separated values (.csv) (default: no file)"
      })
  private @Nullable Path confusion;

  @Option(
      names = "--worst",
      paramLabel = "FILE",
      order = 21,
      description = {
        "write a sheet of the images that the net is surest and",
        "wrong about (.png) (default: no file)"
      })
  private @Nullable Path worst;

  @Option(names = "--json", order = 22, description = "print one JSON object instead of text")
  private boolean json;

  /**
   * Refuses what is known to fail, before the net is run.
   *
   * @throws ParameterException if a file's name or directory does not do
   */
  void check(CommandLine command) {
    OutputFiles.check(command, "--confusion", confusion, List.of(".png", ".svg", ".csv"));
    OutputFiles.check(command, "--worst", worst, List.of(".png"));
    if (confusion != null && worst != null && place(confusion).equals(place(worst))) {
      throw new ParameterException(
          command, "--confusion and --worst are both " + worst + "; give two files");
    }
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Returns whether programs read what is printed. */
  boolean json() {
    return json;
  }

  /** Prints the evaluation and writes the files that are wanted. */
  void tell(CommandContext context, NetEvaluation evaluation) {
    if (json) {
      context.terminal().out().print(EvaluationJson.of(evaluation));
    } else {
      EvaluationText.lines(evaluation).forEach(context.terminal().out()::println);
    }
    context.terminal().out().flush();
    if (confusion != null) {
      ConfusionFile.write(confusion, evaluation.shipped().classes());
      wrote(context, "confusion matrix  " + confusion);
    }
    if (worst != null) {
      writeWorst(context, worst, evaluation);
    }
  }

  private void writeWorst(CommandContext context, Path file, NetEvaluation evaluation) {
    int count = evaluation.wrong().mistakes().size();
    if (count == 0) {
      new ErrorReporter(context.terminal(), false)
          .print("warning: no image has a wrong class, so " + file + " is not written");
      return;
    }
    MistakeSheet.write(file, evaluation.wrong(), evaluation.shipped().classes().classNames());
    wrote(
        context,
        String.format(Locale.ROOT, "surest mistakes   %s, %s", file, Texts.of(count, "image")));
    String note = MistakeSheet.note(evaluation.wrong());
    if (note != null) {
      wrote(context, "note: " + note);
    }
  }

  private void wrote(CommandContext context, String line) {
    if (!json) {
      context.terminal().out().println(line);
    }
  }
}
