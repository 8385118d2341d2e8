package org.roundel.cli.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.doctor.Doctor;
import org.roundel.cli.doctor.Finding;
import org.roundel.cli.doctor.Findings;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what this machine and this installation are, and what is in the way. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Show what this machine and this installation are, and what is in the way.",
      "",
      "It loads the native libraries and lets each compute something, and looks at",
      "the places that are read and written. What it prints can be put into a report",
      "of a fault. The exit code is 3 if something is in the way."
    },
    optionListHeading = "%nOptions:%n")
final class DoctorCommand implements Callable<Integer> {
  private static final int LABEL_COLUMNS = 13;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path plugins = common.directory(context);
    PrintStream out = context.terminal().out();
    int inTheWay = 0;
    String[] version = new RoundelCommand.Version().getVersion();
    out.println(version[0] + ", " + version[1] + ", in " + context.home());
    out.println();
    Findings findings = new Findings(out, LABEL_COLUMNS);
    for (Finding finding : Doctor.examine(System.getenv(), plugins, () -> common.load(context))) {
      findings.print(finding.name(), finding.text());
      String problem = finding.problem();
      if (problem != null) {
        inTheWay++;
        findings.printProblem(problem);
      }
    }
    if (inTheWay > 0) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          (inTheWay == 1 ? "one thing is" : inTheWay + " things are")
              + " in the way; what to do stands above");
    }
    out.println();
    out.println("Nothing is in the way.");
    return ExitCodes.OK;
  }
}
