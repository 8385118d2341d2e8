package org.roundel.api.dataset;

/**
 * What checking one file of a dataset, or a folder of files, found.
 *
 * @param file the name, relative to the dataset's directory
 * @param files how many files this covers: 1, or a folder's number, or 0 for a file that need not
 *     be there and is not
 * @param finding what it is
 * @param detail one line: what was found, against what is expected where the two differ, and then
 *     what to do
 */
public record FileCheck(String file, int files, Finding finding, String detail) {
  /** What a file is. */
  public enum Finding {
    /** Its content is the published one. */
    PUBLISHED,
    /** It can be used; there is no published content to compare it with. */
    USABLE,
    /** It can be used, but its content is not the published one. */
    DIFFERENT,
    /** It is missing, damaged or something else. */
    UNUSABLE
  }

  /** Checks the count. */
  public FileCheck {
    if (files < 0) {
      throw new IllegalArgumentException(files + " files");
    }
  }

  /**
   * Makes the result of checking one file that is not compared with a published one.
   *
   * @param valid whether it can be used
   */
  public FileCheck(String file, boolean valid, String detail) {
    this(file, 1, valid ? Finding.USABLE : Finding.UNUSABLE, detail);
  }

  /** Returns whether it can be used. */
  public boolean valid() {
    return finding != Finding.UNUSABLE;
  }
}
