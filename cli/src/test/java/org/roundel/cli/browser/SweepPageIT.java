package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.run.PlannedRun;
import org.roundel.page.run.RunFolder;
import org.roundel.page.run.RunPhase;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.WebServer;
import org.roundel.page.view.RunsPage;

/** A browser shows every cell of a sweep: waiting, running where, or how it ended. */
@Tag("thorough")
class SweepPageIT {
  @TempDir private Path directory;

  private static PlannedRun cell(String name, RunPhase phase, String where, String problem) {
    return new PlannedRun(name, phase, where, problem, 6, Map.of("quantizer", "latent-sign"));
  }

  @Test
  void everyCellIsShownWithWhatBecameOfIt() throws IOException {
    SampleRuns.train(directory.resolve("a"), Map.of("quantizer", "latent-sign"));
    List<PlannedRun> plan =
        List.of(
            new PlannedRun("a", null, "", "", 6, Map.of()),
            cell("b", RunPhase.RUNNING, "far, process 7", ""),
            cell("c", RunPhase.DIVERGED, "", "training diverged in epoch 2"),
            new PlannedRun("d", null, "", "", 6, Map.of("quantizer", "latent-sign")));
    try (RunsPage page = new RunsPage(new RunFolder(directory, () -> plan));
        WebServer server =
            WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, page.routes());
        Chromium chromium = Chromium.start();
        Tab tab = chromium.open(URI.create(server.address("/")), 1280, 900, false)) {
      Page opened = tab.page();
      Locator rows = opened.locator("#runs tbody tr");
      rows.nth(3).waitFor();
      assertThat(states(rows)).containsExactly("finished", "running", "diverged", "waiting");
      assertThat(rows.nth(1).textContent()).contains("far, process 7", "0/6");
      assertThat(rows.nth(2).getAttribute("title")).isEqualTo("training diverged in epoch 2");
      assertThat(opened.locator("#runs thead").innerText()).contains("where");
      assertThat(rows.nth(0).locator("a").count()).isEqualTo(1);
      assertThat(rows.nth(3).locator("a").count()).as("there is nothing to look at yet").isZero();
      assertThat(rows.nth(3).locator("input").isDisabled()).isTrue();
      opened.locator("#runs thead input").check();
      assertThat(rows.nth(0).locator("input").isChecked()).isTrue();
      assertThat(rows.nth(3).locator("input").isChecked()).isFalse();
      assertThat(tab.errors()).isEmpty();
    }
  }

  @Test
  void runsThatNobodyPlannedHaveNoPlace() throws IOException {
    SampleRuns.train(directory.resolve("a"), Map.of("quantizer", "latent-sign"));
    try (RunsPage page = new RunsPage(directory);
        WebServer server =
            WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, page.routes());
        Chromium chromium = Chromium.start();
        Tab tab = chromium.open(URI.create(server.address("/")), 1280, 900, false)) {
      tab.page().locator("#runs tbody tr").waitFor();
      assertThat(tab.page().locator("#runs thead").innerText()).doesNotContain("where");
      assertThat(tab.errors()).isEmpty();
    }
  }

  private static List<String> states(Locator rows) {
    return rows.locator(".badge").allInnerTexts();
  }
}
