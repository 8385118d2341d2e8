package org.roundel.page.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file, or a link itself, looked like, to see whether it has changed.
 *
 * @param size in bytes; −1 if there is no such file
 * @param changed when, in milliseconds since 1970
 */
public record FileStamp(long size, long changed) {
  /** Returns a file's stamp now. */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis());
    } catch (IOException none) {
      return new FileStamp(-1, 0);
    }
  }
}
