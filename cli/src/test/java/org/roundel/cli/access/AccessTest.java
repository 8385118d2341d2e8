package org.roundel.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.page.server.Access;
import org.roundel.page.server.AccessToken;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.Route;
import org.roundel.page.server.ServerCertificate;
import org.roundel.page.server.WebServer;

/** Who gets in: a token, TLS, and what is said of files that hold neither. */
class AccessTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final Map<String, Route> ROUTES =
      Map.of("/metrics", request -> request.answer(200, "text/plain", new byte[] {'a'}));

  @TempDir private Path directory;

  private static WebServer serve(String host, Access access) {
    return WebServer.start(new ListenAddress("metrics-", host, 0), access, ROUTES);
  }

  private static int ask(WebServer server, String path, String token) throws Exception {
    return Visitor.ask(server.address(path), token, "-");
  }

  @Test
  void onlyWhoHasTheTokenIsAnswered() throws Exception {
    Access access = new Access(AccessToken.of("a test", TOKEN), null);
    try (WebServer server = serve("127.0.0.1", access)) {
      assertThat(ask(server, "/metrics", "-")).isEqualTo(401);
      assertThat(ask(server, "/metrics", "Bearer " + TOKEN)).isEqualTo(200);
      assertThat(ask(server, "/metrics", "bearer  " + TOKEN)).isEqualTo(200);
      assertThat(ask(server, "/metrics", basic("anybody:" + TOKEN))).isEqualTo(200);
      assertThat(ask(server, "/metrics", "Bearer " + TOKEN + "0")).isEqualTo(401);
      assertThat(ask(server, "/metrics", "Bearer ")).isEqualTo(401);
      assertThat(ask(server, "/metrics", basic("anybody:" + TOKEN + ":"))).isEqualTo(401);
      assertThat(ask(server, "/metrics", "Basic ***")).isEqualTo(401);
      assertThat(ask(server, "/metrics", TOKEN)).isEqualTo(401);
      // Whoever does not get in is not told what there is.
      assertThat(ask(server, "/none", "-")).isEqualTo(401);
      assertThat(ask(server, "/none", "Bearer " + TOKEN)).isEqualTo(404);
    }
  }

  private static String basic(String pair) {
    return "Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void servesOverTls(String kind) throws Exception {
    TestCertificate made = TestCertificate.make(directory, kind, "ip:127.0.0.1");
    Access access = new Access(null, ServerCertificate.read(made.certificate(), made.key()));
    try (WebServer server = serve("127.0.0.1", access)) {
      String address = server.address("/metrics");
      assertThat(address).startsWith("https://127.0.0.1:");
      assertThat(Visitor.ask(address, "-", made.certificate().toString())).isEqualTo(200);
      assertThatThrownBy(() -> Visitor.ask(address, "-", "-")).isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> Visitor.ask(address.replace("https", "http"), "-", "-"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    TestCertificate one = TestCertificate.make(directory, "RSA", "ip:127.0.0.1");
    TestCertificate other = TestCertificate.make(directory, "EC", "ip:127.0.0.1");
    assertThatThrownBy(() -> ServerCertificate.read(one.certificate(), other.key()))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "%s is not the key of the first certificate in %s; name its own",
            other.key(), one.certificate());
    Path damaged = TestCertificate.pem(directory.resolve("damaged"), "PRIVATE KEY", new byte[9]);
    assertThatThrownBy(() -> ServerCertificate.read(one.certificate(), damaged))
        .hasMessageStartingWith(
            damaged + " holds a private key that is neither RSA, EC nor Ed25519");
    assertThatThrownBy(() -> ServerCertificate.read(one.key(), one.key()))
        .hasMessageStartingWith(one.key() + " holds no certificate");
    assertThatThrownBy(() -> ServerCertificate.read(one.certificate(), one.certificate()))
        .hasMessageStartingWith(one.certificate() + " holds no private key that can be read");
  }

  @Test
  void aTokenThatIsNoneIsRefusedAndNotTold() throws Exception {
    Path file = directory.resolve("token");
    for (String wrong :
        new String[] {"", "secret-too", "secret with blanks in it", "é".repeat(20)}) {
      Files.writeString(file, wrong + "\n", StandardCharsets.UTF_8);
      assertThatThrownBy(() -> AccessToken.read(file))
          .isInstanceOf(RoundelException.class)
          .hasMessageStartingWith(file + " holds ")
          .hasMessageEndingWith("Make one by 'openssl rand -hex 32'")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> AccessToken.read(directory.resolve("none")))
        .hasMessage(
            "%s cannot be read: it does not exist; it is to hold the token",
            directory.resolve("none"));
    assertThatThrownBy(() -> AccessToken.of("the variable ROUNDEL_TOKEN", "secret"))
        .hasMessageStartingWith(
            "the variable ROUNDEL_TOKEN holds a token of 6 characters; allowed:");
  }

  @Test
  void openingWarns() throws Exception {
    TestCertificate made = TestCertificate.make(directory, "EC", "ip:127.0.0.1");
    AccessToken token = AccessToken.of("a test", TOKEN);
    ServerCertificate certificate = ServerCertificate.read(made.certificate(), made.key());
    try (WebServer server = serve("127.0.0.1", Access.OPEN)) {
      assertThat(server.warning("metrics-")).isEmpty();
    }
    try (WebServer server = serve("0.0.0.0", Access.OPEN)) {
      assertThat(server.warning("metrics-"))
          .contains("can be reached from other machines", "--metrics-token-file");
    }
    try (WebServer server = serve("0.0.0.0", new Access(token, null))) {
      assertThat(server.warning("metrics-")).contains("unencrypted", "--metrics-tls-certificate");
    }
    try (WebServer server = serve("0.0.0.0", new Access(token, certificate))) {
      assertThat(server.warning("metrics-")).isEmpty();
    }
  }
}
