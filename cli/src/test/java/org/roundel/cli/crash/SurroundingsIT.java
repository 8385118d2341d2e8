package org.roundel.cli.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/** Clocks, clients and other people's hands do not change what is trained. */
@Tag("thorough")
class SurroundingsIT extends OwnInstallation {
  private static final int CLIENTS = 1000;

  @Test
  void aClockThatJumpsBothWaysChangesNothing() throws Exception {
    // A checkpoint is due in a minute, which never passes here unless a clock jumps.
    RecoveredRun recovered = new RecoveredRun(3, "checkpoint-minutes=1");
    Path run = roundel.work().resolve("run");
    Path undisturbed = directory.resolve("undisturbed");
    recovered.goOn(undisturbed);
    roundel.setVariable(
        Preloaded.VARIABLE, Preloaded.compile("jumping-clock", directory).toString());
    Outcome outcome = roundel.start(recovered.command(run), "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(Files.readString(run.resolve("log.txt"))).containsPattern("(?m)^20[13]\\d-");
    assertThat(RunContent.differences(RecoveredRun.content(undisturbed), RecoveredRun.content(run)))
        .isEmpty();
  }

  @Test
  void aThousandClientsThatNeverReadDoNotHoldUpARun() throws Exception {
    Path undisturbed = roundel.work().resolve("undisturbed");
    assertThat(roundel.trainHere("--run-dir=" + undisturbed).exitCode()).isZero();
    // It waits for the clients before it ends, so that they are there.
    Installation.Running run =
        roundel.startTraining("--metrics-port=0", "--metrics-linger=2", "--run-dir=run");
    URI address = URI.create(run.awaitLine("http://").replaceFirst(".*http", "http"));
    List<Socket> clients = new ArrayList<>();
    int asking = 0;
    try {
      while (clients.size() < CLIENTS) {
        Socket client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(1);
        asking += ask(client, address.getPort()) ? 1 : 0;
      }
      assertThat(asking).as("clients that were not refused").isGreaterThan(CLIENTS / 10);
      Outcome outcome = run.end();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    Map<String, String> trained = RunContent.of(roundel.work().resolve("run"));
    assertThat(RunContent.differences(RunContent.of(undisturbed), trained)).isEmpty();
  }

  /** Asks for metrics and reads no answer; returns false where the server has had enough. */
  private static boolean ask(Socket client, int port) {
    try {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      client
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void aRunDirectoryThatIsTakenAwayIsToldInASentence() throws Exception {
    Installation.Running run = roundel.startTraining("--set=epochs=9999", "--run-dir=run");
    Path directory = roundel.work().resolve("run");
    while (Files.notExists(directory.resolve("checkpoints/step-000000048"))) {
      assertThat(run.process().waitFor(5, TimeUnit.MILLISECONDS)).as("%s", run).isFalse();
    }
    Files.move(directory, roundel.work().resolve("away"));
    Outcome ended = run.end();
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(3);
    assertThat(ended.err()).startsWith("roundel: ").contains("run");
    assertThat(ended.err().lines()).as("%s", ended).hasSize(1);
    // What was kept is elsewhere, and nothing was begun in its place.
    assertThat(directory).doesNotExist();
    Outcome kept = roundel.runHere("evaluate", roundel.work().resolve("away").toString());
    assertThat(kept.exitCode()).as("%s", kept).isZero();
  }
}
