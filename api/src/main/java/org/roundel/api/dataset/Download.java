package org.roundel.api.dataset;

import java.net.URI;
import java.util.Locale;

/**
 * A file of a dataset that can be downloaded, with the checksum that its publisher gives.
 *
 * @param address the official address
 * @param fileName the name under which the file is stored, without a directory
 * @param largestSize how many bytes the file can have at most; more is refused while it is received
 * @param algorithm the checksum's algorithm by its Java name, as in {@code MD5} or {@code SHA-256}
 * @param checksum the checksum in lower-case hex
 */
public record Download(
    URI address, String fileName, long largestSize, String algorithm, String checksum) {
  /** Checks the file name and the checksum's form. */
  public Download {
    if (!fileName.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("'" + fileName + "' is not a plain file name");
    }
    if (largestSize < 1) {
      throw new IllegalArgumentException("largest size " + largestSize);
    }
    checksum = checksum.toLowerCase(Locale.ROOT);
    if (!checksum.matches("([0-9a-f]{2}){16,64}")) {
      throw new IllegalArgumentException("'" + checksum + "' is not a checksum in hex");
    }
  }
}
