package org.roundel.cli.command.plugin;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.roundel.api.RoundelPlugin;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.doctor.Findings;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.doctor.PluginDoctor;
import org.roundel.core.plugin.doctor.PluginExamination;
import org.roundel.core.plugin.doctor.PluginFinding;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is in the plugins directory, and what is wrong with it. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Show what each file of the plugins directory is, and what is wrong.",
      "",
      "It says what a plugin offers, what it was built for, what it hides or",
      "conflicts with, and why it could not be loaded.",
      "The exit code is 4 if a plugin cannot be used as a whole."
    },
    optionListHeading = "%nOptions:%n")
public final class PluginDoctorCommand implements Callable<Integer> {
  private static final int LABEL_COLUMNS = 10;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  public PluginDoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path directory = common.directory(context);
    List<PluginExamination> examinations;
    try (PluginRegistry registry = common.load(context)) {
      examinations = new ArrayList<>(new PluginDoctor(registry).examine(directory));
    }
    // Those with a problem last: a long list scrolls away from the top.
    examinations.sort(Comparator.comparing(PluginExamination::hasProblem));
    PrintStream out = context.terminal().out();
    out.println("Plugins directory " + directory);
    out.println(
        "Plugin interface " + RoundelPlugin.SPI_VERSION + ", Java " + Runtime.version().feature());
    Findings findings = new Findings(out, LABEL_COLUMNS);
    int plugins = 0;
    int bad = 0;
    for (PluginExamination examination : examinations) {
      out.println();
      print(findings, directory, examination);
      if (examination.verdict() != PluginExamination.Verdict.IGNORED) {
        plugins++;
        bad += examination.hasProblem() ? 1 : 0;
      }
    }
    if (bad > 0) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          String.format(
              Locale.ROOT,
              "%s of %s in %s cannot be used as a whole; what to do stands with each of them above",
              bad,
              Texts.of(plugins, "plugin"),
              directory));
    }
    out.println();
    out.println(
        plugins == 0
            ? "There is no plugin; put a plugin's JAR here."
            : "All plugins can be used: " + plugins + ".");
    return ExitCodes.OK;
  }

  private static void print(Findings findings, Path directory, PluginExamination examination) {
    String slash = Files.isDirectory(examination.location()) ? "/" : "";
    findings.print(word(examination.verdict()), examination.location().getFileName() + slash);
    List<String> builtFor = new ArrayList<>();
    if (examination.version() != null) {
      builtFor.add("version " + examination.version());
    }
    if (examination.spiVersion() != null) {
      builtFor.add("plugin interface " + examination.spiVersion());
    }
    if (examination.javaVersion() > 0) {
      builtFor.add("Java " + examination.javaVersion());
    }
    if (!builtFor.isEmpty()) {
      findings.print(String.join(", ", builtFor));
    }
    if (!examination.components().isEmpty()) {
      findings.print("offers " + String.join(", ", examination.components()));
    }
    for (PluginFinding finding : examination.findings()) {
      // The directory stands at the top once.
      String beside = directory + directory.getFileSystem().getSeparator();
      findings.printProblem((finding.what() + ". " + finding.hint()).replace(beside, ""));
    }
  }

  private static String word(PluginExamination.Verdict verdict) {
    return switch (verdict) {
      case USED -> "ok";
      case USED_IN_PART -> "IN PART";
      case FAILED -> "FAILED";
      case CONFLICT -> "CONFLICT";
      case IGNORED -> "ignored";
    };
  }
}
