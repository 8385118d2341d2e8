package org.roundel.cli.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/** The image files that paths name. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Returns the paths, with the images in it in the place of each directory: those files whose
   * names end as images do, in the order of their names; not those of directories in it.
   *
   * @throws RoundelException if a directory cannot be read or has no image
   */
  public static List<Path> of(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(in(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> in(Path directory) {
    Set<String> endings = endings();
    List<Path> images = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        if (dot >= 0 && endings.contains(name.substring(dot + 1)) && !Files.isDirectory(entry)) {
          images.add(entry);
        }
      }
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory + " cannot be read: " + IoFailure.describe(unreadable),
          unreadable);
    }
    if (images.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "there is no image in "
              + directory
              + "; its files' names would end in one of "
              + String.join(", ", endings));
    }
    images.sort(null);
    return images;
  }

  private static Set<String> endings() {
    Set<String> endings = new TreeSet<>();
    Arrays.stream(ImageIO.getReaderFileSuffixes())
        .map(ending -> ending.toLowerCase(Locale.ROOT))
        .forEach(endings::add);
    return endings;
  }
}
