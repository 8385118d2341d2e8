package org.roundel.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.dataset.Download;

/** Follows redirects to HTTPS, with a certificate made for the test. */
class RedirectTest {
  private static final char[] PASSWORD = "password".toCharArray();
  @TempDir Path directory;

  @Test
  void followsARedirectToHttps() throws Exception {
    SSLContext context = context();
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    byte[] content = {'a', 'b', 'c'};
    AtomicInteger securePort = new AtomicInteger();
    try (TestServer secure =
            TestServer.start(
                https, (exchange, number) -> TestServer.send(exchange, 200, content, 0, 3));
        TestServer first =
            TestServer.start(
                (exchange, number) -> {
                  exchange
                      .getResponseHeaders()
                      .set("Location", "https://localhost:" + securePort.get() + "/there");
                  exchange.sendResponseHeaders(302, -1);
                })) {
      securePort.set(secure.port());
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      // The MD5 of "abc", RFC 1321, A.5.
      Download download =
          new Download(first.address(), "abc", 1000, "MD5", "900150983cd24fb0d6963f7d28e17f72");
      Path file =
          new Downloader(client, Duration.ofSeconds(30))
              .fetch(download, directory.resolve("new"), (same, received, total) -> {});
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
      assertThat(secure.requests()).hasSize(1);
    }
  }

  private SSLContext context() throws Exception {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "test",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor())
        .as(() -> "keytool failed, see its output in the test's directory")
        .isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", keys.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
