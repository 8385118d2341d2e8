package org.roundel.cli.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks for an address and prints the status, or what is in the way: a program of its own, to be
 * started where another host would be.
 */
final class Visitor {
  private Visitor() {}

  /**
   * Asks.
   *
   * @param arguments the address; the token, or "-" for none; the file of the certificate to trust,
   *     or "-"
   */
  public static void main(String[] arguments) throws Exception {
    try {
      System.out.println(ask(arguments[0], arguments[1], arguments[2]));
    } catch (IOException refused) {
      System.out.println(refused.getClass().getSimpleName());
    }
  }

  static int ask(String address, String token, String certificate) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setConnectTimeout(20_000);
    connection.setReadTimeout(20_000);
    if (connection instanceof HttpsURLConnection secure && !certificate.equals("-")) {
      secure.setSSLSocketFactory(trusting(Path.of(certificate)).getSocketFactory());
    }
    if (!token.equals("-")) {
      connection.setRequestProperty("Authorization", token);
    }
    return connection.getResponseCode();
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
