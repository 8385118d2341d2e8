package org.roundel.datasets.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;

/** Wording that several datasets share. */
public final class Messages {
  private Messages() {}

  /** Returns a whole number with its thousands set apart, as in 30,730,000. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns at most three names, and how many more there are. */
  public static String some(List<String> names) {
    int shown = names.size() <= 3 ? names.size() : 2;
    String more = shown < names.size() ? " and " + (names.size() - shown) + " more" : "";
    return String.join(", ", names.subList(0, shown)) + more;
  }

  /** Returns the command that downloads a dataset. */
  static String fetchCommand(String dataset, Path directory) {
    return "roundel data fetch " + dataset + " --data-dir " + MessageText.shellWord(directory);
  }

  /** Says what is wrong with a file that can be downloaded anew. */
  public static InvalidInputException damaged(String file, String fault) {
    return new InvalidInputException(
        file + ": " + fault + "; remove the file and get it again by 'roundel data fetch'");
  }
}
