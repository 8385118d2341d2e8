package org.roundel.page.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/** Who the server says it is, over TLS: a certificate and its private key, from PEM files. */
public final class ServerCertificate {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");
  private static final int LONGEST_FILE = 1 << 20;

  /** How a signature is made with a key of each kind that servers have. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private static final String KEY_ADVICE =
      "; allowed: one key in PKCS #8 without a password, as 'openssl pkcs8 -topk8 -nocrypt -in"
          + " OLD -out NEW' writes it";

  private final SSLContext context;

  private ServerCertificate(SSLContext context) {
    this.context = context;
  }

  /** Returns what makes connections. */
  SSLContext context() {
    return context;
  }

  /**
   * Reads both files.
   *
   * @param certificates the server's certificate, then those that vouch for it
   * @param key its private key
   * @throws RoundelException of kind CONFIGURATION if they are none, or do not belong together; the
   *     message never has what a file holds
   */
  public static ServerCertificate read(Path certificates, Path key) {
    List<? extends Certificate> chain = chain(certificates);
    PrivateKey secret = key(key);
    try {
      requirePair(certificates, chain.get(0).getPublicKey(), key, secret);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = {};
      store.setKeyEntry("roundel", secret, password, chain.toArray(new Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new ServerCertificate(context);
    } catch (GeneralSecurityException | IOException refused) {
      throw failure(
          certificates + " and " + key + " cannot be used for TLS: " + refused.getMessage(),
          refused);
    }
  }

  private static List<? extends Certificate> chain(Path file) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<? extends Certificate> chain =
          List.copyOf(factory.generateCertificates(new ByteArrayInputStream(content(file))));
      if (!chain.isEmpty()) {
        return chain;
      }
      throw new CertificateException("there is none");
    } catch (CertificateException malformed) {
      throw failure(
          file
              + " holds no certificate; allowed: the server's certificate as PEM, then those that"
              + " vouch for it",
          malformed);
    }
  }

  private static PrivateKey key(Path file) {
    String text = new String(content(file), StandardCharsets.ISO_8859_1);
    Matcher matcher = KEY.matcher(text);
    if (!matcher.find()) {
      throw failure(file + " holds no private key that can be read" + KEY_ADVICE, null);
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    } catch (IllegalArgumentException malformed) {
      throw failure(file + " holds a damaged private key" + KEY_ADVICE, null);
    }
    for (String kind : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException another) {
        // The next kind may be its own.
      }
    }
    throw failure(
        file + " holds a private key that is neither RSA, EC nor Ed25519" + KEY_ADVICE, null);
  }

  /** Signs something with the one and checks it with the other. */
  private static void requirePair(Path certificates, PublicKey open, Path key, PrivateKey secret)
      throws GeneralSecurityException {
    String name = SIGNATURES.get(secret.getAlgorithm());
    boolean pair = name != null && open.getAlgorithm().equals(secret.getAlgorithm());
    if (pair) {
      byte[] something = {1, 2, 3};
      Signature signature = Signature.getInstance(name);
      signature.initSign(secret);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(something);
      pair = signature.verify(signed);
    }
    if (!pair) {
      throw failure(
          key + " is not the key of the first certificate in " + certificates + "; name its own",
          null);
    }
  }

  private static byte[] content(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
        throw failure(
            file + " has " + Files.size(file) + " bytes; allowed: at most " + LONGEST_FILE, null);
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw failure(
          file + " cannot be read: " + IoFailure.reason(unreadable) + ". Check the path.",
          unreadable);
    }
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
