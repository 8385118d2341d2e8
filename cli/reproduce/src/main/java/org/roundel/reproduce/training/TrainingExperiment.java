package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.roundel.report.Report;

/** An experiment that consists of trainings: which ones, and what they show. */
interface TrainingExperiment {
  /** Returns the name of its directory below the output. */
  String name();

  /** Returns the title of its report. */
  String title();

  /** Returns the trainings it needs, those first that say most if it is stopped. */
  List<Trial> trials();

  /**
   * Writes figures into the directory, prints what was found, and puts both into the report, whose
   * template is named after the experiment.
   *
   * @param results what is finished; may be a part
   */
  void describe(Results results, Path directory, Report report, PrintStream out);
}
