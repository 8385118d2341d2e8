package org.roundel.page.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.Sha256;

/**
 * The word without which nobody is answered.
 *
 * <p>Programs send it as {@code Authorization: Bearer TOKEN}. A browser asks its user, who gives it
 * as the password under any name, and sends it by itself from then on, with every request for the
 * page's parts (HTTP's "Basic"). Only its SHA-256 is kept, and digests are compared in a time that
 * does not depend on where they differ.
 */
public final class AccessToken {
  private static final int LEAST = 16;
  private static final int MOST = 256;
  private static final int LONGEST_FILE = 4096;
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final byte[] digest;

  private AccessToken(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Reads a token from a file's only line.
   *
   * @throws RoundelException of kind CONFIGURATION if the file holds none; the message never has
   *     what it holds
   */
  public static AccessToken read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
        throw failure(file + " has " + Files.size(file) + " bytes");
      }
      return of(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file + " cannot be read: " + IoFailure.reason(unreadable) + "; it is to hold the token",
          unreadable);
    }
  }

  /**
   * Returns a token.
   *
   * @param where it comes from, for messages
   * @param text the token
   * @throws RoundelException of kind CONFIGURATION if it is too short, or nothing that a header can
   *     have; the message never has the token
   */
  public static AccessToken of(String where, String text) {
    if (text.length() < LEAST || text.length() > MOST) {
      throw failure(where + " holds a token of " + text.length() + " characters");
    }
    if (!text.chars().allMatch(character -> character > ' ' && character < 127)) {
      throw failure(where + " holds blanks or characters that no header can have");
    }
    return new AccessToken(sha256(text));
  }

  private static RoundelException failure(String what) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        what
            + "; allowed: one token of "
            + LEAST
            + " to "
            + MOST
            + " letters, digits and signs. Make one by 'openssl rand -hex 32'");
  }

  /**
   * Returns whether a request has the token.
   *
   * @param headers the values of its {@code Authorization} headers; null if there is none
   */
  boolean admits(@Nullable List<String> headers) {
    if (headers == null || headers.size() != 1) {
      return false;
    }
    String header = headers.get(0).strip();
    String lower = header.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return isThis(header.substring(BEARER.length()).strip());
    }
    if (!lower.startsWith(BASIC)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.ISO_8859_1);
      return isThis(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private boolean isThis(String given) {
    return MessageDigest.isEqual(digest, sha256(given));
  }

  private static byte[] sha256(String text) {
    return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
