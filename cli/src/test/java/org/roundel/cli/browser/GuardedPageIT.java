package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.access.TestCertificate;
import org.roundel.page.server.Access;
import org.roundel.page.server.AccessToken;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.ServerCertificate;
import org.roundel.page.server.WebServer;
import org.roundel.page.view.RunsPage;

/** A browser whose user has the token sees the page whole, stream and all, over TLS. */
@Tag("thorough")
class GuardedPageIT {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path directory;

  @Test
  void thePageWorksWithTokenAndCertificate() throws Exception {
    SampleRuns.train(directory);
    TestCertificate made = TestCertificate.make(directory, "EC", "ip:127.0.0.1");
    Access access =
        new Access(
            AccessToken.of("a test", TOKEN),
            ServerCertificate.read(made.certificate(), made.key()));
    ListenAddress address = new ListenAddress("", "127.0.0.1", 0);
    try (Chromium chromium = Chromium.start();
        RunsPage page = new RunsPage(directory);
        WebServer server = WebServer.start(address, access, page.routes())) {
      URI run = URI.create(server.address("/#run=latent-sign-1"));
      try (Tab tab = chromium.openGuarded(run, TOKEN)) {
        tab.page().locator(".badge.finished").waitFor();
        assertThat(tab.page().locator(".tiles").textContent()).contains("%");
        assertThat(tab.page().locator("#log .log").textContent()).isNotBlank();
        assertThat(tab.errors()).isEmpty();
        assertThat(tab.elsewhere()).isEmpty();
      }
      try (Tab tab = chromium.openGuarded(run, "another-password")) {
        assertThat(tab.page().locator("body").textContent())
            .contains("The token is missing or wrong");
      }
    }
  }
}
