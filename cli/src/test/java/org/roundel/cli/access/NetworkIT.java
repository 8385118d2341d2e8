package org.roundel.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.OtherHost;
import org.roundel.cli.OwnInstallation;

/** The packaged program as another host sees it: {@link OtherHost}. */
@Tag("thorough")
class NetworkIT extends OwnInstallation {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private OtherHost other;

  @BeforeEach
  void connect() throws Exception {
    other = OtherHost.join();
  }

  @AfterEach
  void disconnect() throws Exception {
    if (other != null) {
      other.close();
    }
  }

  @Test
  void byDefaultNobodyElseGetsIn() throws Exception {
    Installation.Running run = roundel.startTraining("--metrics-port=0", "--set=epochs=9999");
    int port = port(run.awaitLine("http://"));
    assertThat(Visitor.ask("http://127.0.0.1:" + port + "/metrics", "-", "-")).isEqualTo(200);
    assertThat(fromThere("http://" + other.here() + ":" + port + "/metrics", "-", "-"))
        .isEqualTo("ConnectException");
    run.signal("INT");
    assertThat(run.end().err()).doesNotContain("warning");
  }

  @Test
  void whereItIsOpenedItWarnsAndServesUnderItsNumbersOnly() throws Exception {
    Installation.Running run =
        roundel.startTraining("--metrics-port=0", "--metrics-host=0.0.0.0", "--set=epochs=9999");
    run.awaitErrorLine("can be reached from other machines");
    int port = port(run.awaitLine("http://"));
    assertThat(fromThere("http://" + other.here() + ":" + port + "/metrics", "-", "-"))
        .isEqualTo("200");
    run.signal("INT");
    run.end();
  }

  @Test
  void withTokenAndCertificateOnlyWhoHasBothGetsIn() throws Exception {
    Path token = Files.writeString(roundel.work().resolve("token"), TOKEN + "\n");
    TestCertificate made = TestCertificate.make(roundel.work(), "EC", "ip:" + other.here());
    String trusted = made.certificate().toString();
    Installation.Running run =
        roundel.startTraining(
            "--metrics-port=0",
            "--metrics-host=" + other.here(),
            "--metrics-token-file=" + token,
            "--metrics-tls-certificate=" + trusted,
            "--metrics-tls-key=" + made.key(),
            "--run-dir=run",
            "--set=epochs=9999");
    String address = run.awaitLine("https://").replaceFirst(".*https", "https");
    String bearer = "Bearer " + TOKEN;
    assertThat(fromThere(address, bearer, trusted)).isEqualTo("200");
    assertThat(fromThere(address, "-", trusted)).isEqualTo("401");
    assertThat(fromThere(address, "Bearer " + TOKEN.replace('0', '1'), trusted)).isEqualTo("401");
    assertThat(fromThere(address, bearer, "-")).isEqualTo("SSLHandshakeException");
    assertThat(fromThere(address.replace("https", "http"), bearer, "-")).isNotEqualTo("200");
    run.signal("INT");
    String said = run.end().err() + Files.readString(run.out());
    assertThat(said).doesNotContain("warning").doesNotContain(TOKEN);
    Path directory = roundel.work().resolve("run");
    assertThat(Files.readString(directory.resolve("log.txt"))).doesNotContain(TOKEN);
    assertThat(Files.readString(directory.resolve("manifest.json"))).doesNotContain(TOKEN);
  }

  private static int port(String line) {
    return URI.create(line.replaceFirst(".*http", "http")).getPort();
  }

  /** Returns the status that the other host gets, or what is in its way. */
  private String fromThere(String address, String token, String certificate) throws Exception {
    List<String> command = new ArrayList<>(other.command());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", Path.of("target", "test-classes").toString()));
    command.addAll(List.of(Visitor.class.getName(), address, token, certificate));
    return OtherHost.tell(command.toArray(new String[0]));
  }
}
