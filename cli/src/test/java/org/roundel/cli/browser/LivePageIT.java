package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/** A training's page shows it as it goes, and goes on with the run that is resumed. */
class LivePageIT extends OwnInstallation {
  @Test
  void showsARunAsItGoesOverAReloadAnInterruptionAndAResume() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Installation.Running run =
          roundel.startTraining(
              "--page", "--metrics-port=0", "--set=epochs=9999", "--run-dir=run", "--latent-error");
      URI address = URI.create(run.awaitLine("page  ").replaceFirst(".*http", "http"));
      assertThat(address.getHost()).isEqualTo("127.0.0.1");
      try (Tab tab = chromium.open(address, 1280, 900, false)) {
        Page page = tab.page();
        page.locator(".badge.training").waitFor();
        awaitEpoch(page, 2);
        assertThat(page.locator(".now .facts").textContent())
            .contains("update", "loss", "images/s", "epoch's end in", "run's end in");
        page.locator("[aria-label='The running epoch'] b:not(:text-is('–'))").waitFor();
        page.reload();
        awaitEpoch(page, 3);
        assertOthersSee(chromium, "running");
        assertThat(page.locator("h1").textContent()).isEqualTo("run");
        assertThat(page.title()).isEqualTo("run – Roundel");
        assertThat(tab.errors()).isEmpty();
        run.signal("INT");
        page.locator(".badge.stopped").waitFor();
        assertThat(run.end().exitCode()).isEqualTo(130);
        assertShowsTheHistory(page, roundel.work().resolve("run"));
        assertOthersSee(chromium, "stopped");

        int epochs = SampleRuns.history(roundel.work().resolve("run")).size();
        Installation.Running resumed =
            roundel.start(
                List.of(
                    "resume",
                    "run",
                    "--epochs=" + (epochs + 2),
                    "--metrics-port=" + address.getPort()),
                "");
        page.locator(".badge.finished").waitFor();
        assertThat(resumed.end().exitCode()).isZero();
        assertShowsTheHistory(page, roundel.work().resolve("run"));
        assertThat(tab.elsewhere()).isEmpty();
        // Between the two nobody answered, and the browser says so.
        assertThat(tab.errors()).allMatch(error -> error.contains("ERR_CONNECTION_REFUSED"));
      }
    }
  }

  /** A process that trains nothing reads it from the run's directory. */
  private void assertOthersSee(Chromium chromium, String state) throws Exception {
    Installation.Running ui = roundel.start(List.of("ui", ".", "--port=0"), "");
    URI address = URI.create(ui.awaitLine("page  ").replaceFirst(".*http", "http"));
    try (Tab tab = chromium.open(address, 1280, 900, false)) {
      tab.page().locator("#runs tbody .badge").getByText(state).waitFor();
      tab.page().locator("#runs tbody a").click();
      tab.page().locator(".now .badge").getByText(state).waitFor();
      assertThat(tab.errors()).isEmpty();
    }
    ui.signal("INT");
    assertThat(ui.end().exitCode()).isEqualTo(130);
    assertThat(ui.end().err()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchDirectoryAndThatAPortIsInUse() throws Exception {
    Outcome none = roundel.run("ui", "none");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err())
        .isEqualTo(
            "roundel: there is no directory none. Name the one that holds the runs, as 'roundel"
                + " train' has made it.\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome inUse = roundel.run("ui", ".", "--port=" + taken.getLocalPort());
      assertThat(inUse.exitCode()).isEqualTo(3);
      assertThat(inUse.err()).startsWith("roundel: port: port " + taken.getLocalPort());
    }
  }

  private static void awaitEpoch(Page page, int epoch) {
    page.waitForFunction(
        "epoch => Number(document.querySelector('.tiles')"
            + "?.textContent.match(/after epoch (\\d+)/)?.[1]) >= epoch",
        epoch);
  }

  private static void assertShowsTheHistory(Page page, Path run) throws Exception {
    List<Double> expected = new ArrayList<>();
    for (JsonNode line : SampleRuns.history(run)) {
      expected.add(0, line.at("/test/error").doubleValue());
    }
    page.evaluate("document.querySelector('#epochs details').open = true");
    page.locator("#epochs tbody tr").first().waitFor();
    Object shown =
        page.evaluate(
            "[...document.querySelectorAll('#epochs tbody tr')]"
                + ".map(row => Number(row.querySelectorAll('data')[6].value))");
    assertThat((List<?>) shown).map(Object::toString).map(Double::parseDouble).isEqualTo(expected);
  }
}
