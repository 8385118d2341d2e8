package org.roundel.datasets.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.datasets.file.Archives;
import org.roundel.datasets.file.GivenDirectory;
import org.roundel.datasets.file.Surroundings;

/** The folders of an image-folder dataset, and where they may be if they are not in their place. */
final class SplitFolders {
  private static final Pattern TRAIN = named("train(ing|ed)?");
  private static final Pattern TEST = named("val(id|idation)?|test(ing)?|eval(uation)?|dev");

  private final Path given;

  SplitFolders(Path given) {
    this.given = given;
  }

  /** Matches a word, with something before or after it. */
  private static Pattern named(String word) {
    return Pattern.compile(
        "([a-z0-9]+[-_ .])?(" + word + ")([-_ .]?[a-z0-9]+)?", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Returns the folder of the training images.
   *
   * @throws InvalidInputException if there is none
   */
  Path train() {
    Path folder = given.resolve("train");
    if (!Files.isDirectory(folder)) {
      Optional<String> fault = GivenDirectory.fault(given);
      throw new InvalidInputException(
          "dataset image-folder: "
              + fault
                  .or(() -> GivenDirectory.brokenLink(folder))
                  .orElse("there is no directory " + folder)
              + "; "
              + fault.flatMap(GivenDirectory::cure).orElseGet(this::hint));
    }
    return folder;
  }

  /**
   * Returns the folder of the test images.
   *
   * @throws InvalidInputException if there is none
   */
  Path test() {
    Path validation = given.resolve("val");
    if (Files.isDirectory(validation)) {
      return validation;
    }
    Path test = given.resolve("test");
    if (!Files.isDirectory(test)) {
      throw new InvalidInputException(
          "dataset image-folder: "
              + GivenDirectory.brokenLink(validation)
                  .or(() -> GivenDirectory.brokenLink(test))
                  .orElse("there is neither " + validation + " nor " + test)
              + "; "
              + renamings(folders())
                  .orElse("put the test images into one of them, a folder per class"));
    }
    return test;
  }

  private String hint() {
    Surroundings below = Surroundings.of(given, 2);
    return below.directories().stream()
        .filter(SplitFolders::isWhole)
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(given.toAbsolutePath().getParent())
                    .filter(SplitFolders::isWhole))
        .map(
            place ->
                "the images are in " + place + ": give --data-dir " + MessageText.shellWord(place))
        .or(() -> renamings(folders()))
        .or(() -> Archives.hint(below, given))
        .orElse(
            "expected in the directory given are train/<class>/ with the training images, and"
                + " val/<class>/ or test/<class>/ with the test images");
  }

  private static boolean isWhole(Path directory) {
    return Files.isDirectory(directory.resolve("train"))
        && (Files.isDirectory(directory.resolve("val"))
            || Files.isDirectory(directory.resolve("test")));
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>(Surroundings.of(given, 1).directories());
    folders.remove(given);
    return folders;
  }

  /** Returns how folders whose names say what they are get the right ones. */
  private Optional<String> renamings(List<Path> folders) {
    List<String> commands = new ArrayList<>();
    if (!Files.isDirectory(given.resolve("train"))) {
      renaming(folders, TRAIN, "train").ifPresent(commands::add);
    }
    if (!Files.isDirectory(given.resolve("val")) && !Files.isDirectory(given.resolve("test"))) {
      renaming(folders, TEST, "val").ifPresent(commands::add);
    }
    return commands.isEmpty()
        ? Optional.empty()
        : Optional.of("if they are called otherwise: " + String.join(" && ", commands));
  }

  private Optional<String> renaming(List<Path> folders, Pattern name, String right) {
    return folders.stream()
        .filter(
            folder ->
                name.matcher(folder.getFileName().toString().toLowerCase(Locale.ROOT)).matches())
        .findFirst()
        .map(
            folder ->
                "mv "
                    + MessageText.shellWord(folder)
                    + " "
                    + MessageText.shellWord(given.resolve(right)));
  }
}
