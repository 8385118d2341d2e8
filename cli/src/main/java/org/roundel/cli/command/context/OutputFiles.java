package org.roundel.cli.command.context;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.AtomicFiles;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses files to write that are known to fail, before the work whose result they get. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Checks the file that an option names.
   *
   * @param file null if the option was not given
   * @param endings what its name may end in
   * @throws ParameterException if its name, its directory or what is there already does not do
   */
  public static void check(
      CommandLine command, String option, @Nullable Path file, List<String> endings) {
    if (file == null) {
      return;
    }
    if (endings.stream().noneMatch(file.toString()::endsWith)) {
      throw new ParameterException(
          command,
          option
              + " takes a name that ends in "
              + String.join(" or ", endings)
              + "; found "
              + file);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new ParameterException(
          command, "there is no directory " + directory + " for " + option + " " + file);
    }
    if (Files.isDirectory(file)) {
      throw new ParameterException(command, option + " " + file + " is a directory");
    }
    if (!AtomicFiles.mayReplace(file)) {
      throw new ParameterException(
          command, option + " " + file + " is " + AtomicFiles.NOT_REPLACED + "; name a file");
    }
  }
}
