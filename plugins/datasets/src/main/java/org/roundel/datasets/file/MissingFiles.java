package org.roundel.datasets.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;

/**
 * Says of all files of a dataset that were not found what is in the way: one message, which looks
 * at what lies where they were looked for and beside it.
 *
 * @param dataset the dataset's name
 * @param given the directory that the user gave
 * @param folder where the files were looked for: {@code given}, or a folder in it
 * @param names the names of all files
 * @param packed whether the files may be packed by gzip, with .gz after their names
 * @param clues what else may be there
 */
public record MissingFiles(
    String dataset, Path given, Path folder, List<String> names, boolean packed, List<Clue> clues) {
  private static final int DEPTH = 4;

  /** Returns the files that are not there. */
  public List<String> missing(List<String> needed) {
    return needed.stream().filter(name -> !has(folder, name)).toList();
  }

  boolean has(Path directory, String name) {
    return Files.isRegularFile(directory.resolve(name))
        || (packed && Files.isRegularFile(directory.resolve(name + ".gz")));
  }

  /**
   * Makes sure that files are there.
   *
   * @throws InvalidInputException with one message for all that are not
   */
  public void require(List<String> needed) {
    List<String> missing = missing(needed);
    if (!missing.isEmpty()) {
      throw new InvalidInputException(message(missing));
    }
  }

  /** Returns what is to be said of the missing ones. */
  public String message(List<String> missing) {
    Optional<String> fault = GivenDirectory.fault(given).or(() -> faultOfFolder());
    String what = fault.orElseGet(() -> what(missing));
    String cure = fault.flatMap(GivenDirectory::cure).orElseGet(() -> cure(missing));
    return "dataset " + dataset + ": " + what + "; " + cure;
  }

  private String what(List<String> missing) {
    String all = " of the " + names.size() + " files (" + Messages.some(missing) + ")";
    return missing.size() == names.size()
        ? given + " has none" + all
        : folder + " lacks " + missing.size() + all;
  }

  private Optional<String> faultOfFolder() {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        ? GivenDirectory.fault(folder)
        : Optional.empty();
  }

  private String cure(List<String> missing) {
    for (String name : missing) {
      Optional<String> broken =
          GivenDirectory.brokenLink(folder.resolve(name))
              .or(() -> GivenDirectory.brokenLink(folder.resolve(name + ".gz")));
      if (broken.isPresent()) {
        return broken.get() + ": correct the link";
      }
      Path there = folder.resolve(name);
      if (Files.exists(there) && !Files.isRegularFile(there) && !Files.isDirectory(there)) {
        return there + " is a pipe or a device: put the file in its place";
      }
    }
    Surroundings below = Surroundings.of(given, DEPTH);
    return inOnePlace(below)
        .or(() -> clue(below, true))
        .or(() -> Renaming.of(this, missing, below).map(Renaming::hint))
        .or(() -> Archives.hint(below, given))
        .or(() -> beside())
        .orElseGet(
            () ->
                "give the directory of its files by --data-dir, or download them: " + fetch(given));
  }

  /** What lies beside the directory counts where it is surely meant. */
  private Optional<String> beside() {
    Path parent = given.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    Surroundings around = Surroundings.of(parent, DEPTH - 1);
    return inOnePlace(around).or(() -> clue(around, false));
  }

  private Optional<String> inOnePlace(Surroundings place) {
    for (Path directory : place.directories()) {
      if (!isOfAnother(directory) && names.stream().allMatch(name -> has(directory, name))) {
        return Optional.of(
            "the files are in "
                + directory
                + ": give --data-dir "
                + MessageText.shellWord(directory));
      }
    }
    return Optional.empty();
  }

  /** MNIST's files, for one, have Fashion-MNIST's names. */
  private boolean isOfAnother(Path directory) {
    Path parent = directory.getParent();
    return clues.stream()
        .filter(clue -> clue.kind() == Clue.Kind.OTHER)
        .anyMatch(clue -> clue.fits(directory) || (parent != null && clue.fits(parent)));
  }

  private Optional<String> clue(Surroundings place, boolean others) {
    for (Clue clue : clues) {
      for (Path path : place.all()) {
        if (clue.fits(path) && (others || clue.kind() != Clue.Kind.OTHER)) {
          return Optional.of(hint(clue, path));
        }
      }
    }
    return Optional.empty();
  }

  private String hint(Clue clue, Path path) {
    return switch (clue.kind()) {
      case ARCHIVE -> {
        Path parent = path.toAbsolutePath().normalize().getParent();
        boolean here = given.toAbsolutePath().normalize().equals(parent);
        Path directory = here || parent == null ? given : parent;
        yield "the archive "
            + path
            + " is not unpacked; this checks and unpacks it: "
            + fetch(directory)
            + (here ? "" : ", then give --data-dir " + MessageText.shellWord(directory));
      }
      case FORM ->
          path + " is " + clue.what() + ", which is not read; download what is: " + fetch(given);
      case OTHER ->
          path
              + " belongs to "
              + clue.what()
              + ", another dataset; download "
              + dataset
              + ": "
              + fetch(given);
    };
  }

  private String fetch(Path directory) {
    return Messages.fetchCommand(dataset, directory);
  }
}
