package org.roundel.datasets.file;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Something that people have in place of a dataset's files.
 *
 * @param name what the whole name of the file or directory matches, in any case
 * @param kind how it helps
 * @param what what it is, in a few words
 */
public record Clue(Pattern name, Kind kind, String what) {
  /** How a find helps. */
  public enum Kind {
    /** The official archive, which only has to be unpacked. */
    ARCHIVE,
    /** The same images in a form that is not read. */
    FORM,
    /** Another dataset; {@code what} is its name. */
    OTHER
  }

  /** Makes one of a regular expression. */
  public static Clue of(String name, Kind kind, String what) {
    return new Clue(Pattern.compile(name, Pattern.CASE_INSENSITIVE), kind, what);
  }

  boolean fits(Path path) {
    Path name = path.getFileName();
    return name != null && this.name.matcher(name.toString()).matches();
  }
}
