package org.roundel.datasets;

import java.nio.file.Path;
import java.util.Locale;
import org.roundel.api.InvalidInputException;

/** Wording that several datasets share. */
final class Messages {
  private Messages() {}

  /** Returns a whole number with its thousands set apart, as in 30,730,000. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns the command that downloads a dataset. */
  static String fetchCommand(String dataset, Path directory) {
    return "roundel data fetch " + dataset + " --data-dir " + directory;
  }

  /** Says that a file of a dataset is not there. */
  static InvalidInputException missing(String dataset, Path file, Path directory) {
    return new InvalidInputException(
        "the file "
            + file
            + " of dataset "
            + dataset
            + " is missing; download it with: "
            + fetchCommand(dataset, directory)
            + ", or give the directory that has it");
  }

  /** Says what is wrong with a file that can be downloaded anew. */
  static InvalidInputException damaged(String file, String fault) {
    return new InvalidInputException(
        file + ": " + fault + "; remove the file and download it again");
  }
}
