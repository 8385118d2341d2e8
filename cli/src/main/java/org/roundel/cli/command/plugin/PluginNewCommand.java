package org.roundel.cli.command.plugin;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import org.roundel.api.ComponentFactory;
import org.roundel.api.MessageText;
import org.roundel.cli.command.component.Kinds;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.project.ComponentUse;
import org.roundel.cli.project.PluginProject;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the project that a plugin's author starts from. */
@Command(
    name = "new",
    sortOptions = false,
    description = "Write a Maven project for a plugin of your own: a small one that works.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  roundel plugin new power-of-two --kind quantizer",
      "",
      "The project builds against this installation; nothing has to be published."
    })
public final class PluginNewCommand implements Callable<Integer> {
  /** Its class would be called as the interface that it implements. */
  private static final String TAKEN_NAME = "roundel";

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "the component's name, as in power-of-two")
  private String name = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "what it is: ${COMPLETION-CANDIDATES}")
  private ComponentKind kind = ComponentKind.QUANTIZER;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "where the project goes (default: NAME)")
  private @Nullable Path directory;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "the Java package of its class (default: ${DEFAULT-VALUE})")
  private String packageName = "org.example";

  @Mixin private CommonOptions common = new CommonOptions();

  public PluginNewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    checkNames();
    Path target = directory == null ? Path.of(name) : directory;
    Path home = home();
    requireNewName();
    requireEmpty(target);
    PluginProject project = new PluginProject(name, kind, packageName, version(home), home);
    List<String> files;
    try {
      files = project.write(target);
    } catch (FileAlreadyExistsException meanwhile) {
      throw taken(target);
    }
    report(project, target, files, home);
    return ExitCodes.OK;
  }

  private void checkNames() {
    if (!name.matches(ComponentFactory.NAME_PATTERN) || name.equals(TAKEN_NAME)) {
      throw new ParameterException(
          spec.commandLine(),
          "'"
              + name
              + "' cannot be a component's name; allowed: lower-case letters, digits and dashes,"
              + " starting with a letter, at most 63 characters, not 'roundel'");
    }
    if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new ParameterException(
          spec.commandLine(),
          "--package: '"
              + packageName
              + "' is no name of a Java package; allowed: words of letters and digits, none of"
              + " them Java's own, with dots between them, as in org.example");
    }
  }

  private Path home() {
    if (context.home() == null) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "nobody said where the program is installed, and a plugin is built against that; start"
              + " it with bin/roundel");
    }
    return context.home().toAbsolutePath().normalize();
  }

  private void requireNewName() {
    try (PluginRegistry registry = common.load(context)) {
      for (ComponentDescriptor component : registry.components()) {
        if (component.kind() == kind && component.name().equals(name)) {
          throw new RoundelException(
              ErrorKind.CONFIGURATION,
              String.format(
                  Locale.ROOT,
                  "there is a %s '%s' already, in %s; two of one name could not be loaded. Choose"
                      + " another name.",
                  kind,
                  name,
                  component.plugin().location().getFileName()));
        }
      }
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        if (files.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw taken(target);
  }

  private static RoundelException taken(Path target) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        target
            + " is there already and is no empty directory; nothing was written. Choose another"
            + " --directory, or move it away.");
  }

  /** The version that the POM asks for must be the one that the installation carries. */
  private static String version(Path home) throws IOException {
    Path interfaces = home.resolve("maven/org/roundel/roundel-api");
    if (Files.isDirectory(interfaces)) {
      try (Stream<Path> versions = Files.list(interfaces)) {
        List<Path> found = versions.filter(Files::isDirectory).sorted().toList();
        if (!found.isEmpty()) {
          return found.get(found.size() - 1).getFileName().toString();
        }
      }
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "the installation in %s has no %s/VERSION, which plugins are built against. Install it"
                + " anew, with its maven/ directory.",
            home,
            home.relativize(interfaces)));
  }

  private void report(PluginProject project, Path target, List<String> files, Path home) {
    PrintStream out = context.terminal().out();
    out.println("The " + kind + " " + name + " is in " + target + ":");
    for (String file : files) {
      out.println("  " + file);
    }
    out.println();
    out.println("It works as it is. Make it yours in " + project.startingPoint() + ", then:");
    out.println("  cd " + MessageText.shellWord(target));
    out.println("  mvn package");
    out.println("  roundel plugin check target/" + name + ".jar");
    out.println("  cp target/" + name + ".jar " + MessageText.shellWord(home.resolve("plugins")));
    out.println("  " + ComponentUse.command(kind, name));
  }
}
