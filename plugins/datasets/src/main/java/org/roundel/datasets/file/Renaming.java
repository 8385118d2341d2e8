package org.roundel.datasets.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.roundel.api.MessageText;

/**
 * Files that are there under names which are spelled a little differently: {@code
 * t10k-images.idx3-ubyte}, {@code TEST_BATCH.BIN}, {@code data_batch_1 (1).bin}.
 *
 * @param commands what gives each its right name, or unpacks it
 */
record Renaming(List<String> commands) {
  /** Returns how all missing files get their names; empty if they are not all there. */
  static Optional<Renaming> of(MissingFiles files, List<String> missing, Surroundings place) {
    List<String> commands = new ArrayList<>();
    for (String name : missing) {
      Optional<Path> alike =
          place.files().stream().filter(file -> alike(name(file), name)).findFirst();
      if (alike.isEmpty()) {
        return Optional.empty();
      }
      commands.add(command(files, alike.get(), name));
    }
    return Optional.of(new Renaming(commands));
  }

  String hint() {
    return (commands.size() == 1 ? "this gives it its name: " : "this gives them their names: ")
        + String.join(" && ", commands);
  }

  private static String command(MissingFiles files, Path file, String name) {
    boolean gzip = name(file).toLowerCase(Locale.ROOT).endsWith(".gz");
    Path folder = files.folder();
    if (gzip && !files.packed()) {
      return "gunzip -c "
          + MessageText.shellWord(file)
          + " > "
          + MessageText.shellWord(folder.resolve(name));
    }
    Path target = folder.resolve(gzip ? name + ".gz" : name);
    if (target.equals(file.getParent())) {
      // Some archives have each file in a directory of its own name.
      String between = MessageText.shellWord(target.resolveSibling(name + ".file"));
      return String.join(
          " && ",
          "mv " + MessageText.shellWord(file) + " " + between,
          "rmdir " + MessageText.shellWord(target),
          "mv " + between + " " + MessageText.shellWord(target));
    }
    return "mv " + MessageText.shellWord(file) + " " + MessageText.shellWord(target);
  }

  private static boolean alike(String found, String wanted) {
    return plain(found).equals(plain(wanted));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceFirst("\\.gz$", "")
        .replaceFirst(" ?\\([0-9]{1,3}\\)", "")
        .replaceAll("[._ ]", "-");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
