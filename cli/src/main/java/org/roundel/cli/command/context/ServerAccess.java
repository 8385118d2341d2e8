package org.roundel.cli.command.context;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.page.server.Access;
import org.roundel.page.server.AccessToken;
import org.roundel.page.server.ServerCertificate;

/**
 * Who gets in, as the user said it: by files, or by a variable of the environment. No secret stands
 * on a command line, which every user of a machine can read, and a run's record has.
 */
public final class ServerAccess {
  /** The variable that may hold the token. */
  static final String VARIABLE = "ROUNDEL_TOKEN";

  private ServerAccess() {}

  /**
   * Reads the files.
   *
   * @param prefix what the options' names begin with, as in {@code metrics-}
   * @param token the file of the token, or null for the variable's
   * @param certificate the file of certificates, or null for plain HTTP
   * @param key the file of their private key
   * @throws RoundelException if one cannot be used, or one of the last two is missing
   */
  public static Access of(
      String prefix, @Nullable Path token, @Nullable Path certificate, @Nullable Path key) {
    return of(prefix, token, certificate, key, System.getenv());
  }

  static Access of(
      String prefix,
      @Nullable Path token,
      @Nullable Path certificate,
      @Nullable Path key,
      Map<String, String> environment) {
    if ((certificate == null) != (key == null)) {
      String there = certificate == null ? "tls-key" : "tls-certificate";
      String missing = certificate == null ? "tls-certificate" : "tls-key";
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "--%s%s is given without --%s%s; TLS needs both",
              prefix,
              there,
              prefix,
              missing));
    }
    return new Access(
        token(token, environment),
        certificate == null || key == null ? null : ServerCertificate.read(certificate, key));
  }

  private static @Nullable AccessToken token(@Nullable Path file, Map<String, String> environment) {
    if (file != null) {
      return AccessToken.read(file);
    }
    // One that is set and empty was meant to have a token: without it everybody would get in.
    String given = environment.get(VARIABLE);
    return given == null ? null : AccessToken.of("the variable " + VARIABLE, given);
  }
}
