package org.roundel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InterruptionTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Interruption interruption =
      new Interruption(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void doesNotHoldTheProcessBeforeOrAfterARun() {
    assertThat(interruption.awaitEnd()).isEqualTo(130);
    interruption.runStarted();
    interruption.ended(0);
    assertThat(interruption.awaitEnd()).isEqualTo(130);
    assertThat(interruption.getAsBoolean()).isFalse();
    assertThat(bytes.size()).isZero();
  }

  @Test
  @Timeout(30)
  void asksTheRunToStopAndWaitsForIt() throws Exception {
    interruption.runStarted();
    CompletableFuture<Integer> hook = CompletableFuture.supplyAsync(interruption::awaitEnd);
    while (!interruption.getAsBoolean()) {
      Thread.onSpinWait();
    }
    assertThat(hook).isNotDone();
    interruption.ended(3);
    assertThat(hook.get()).isEqualTo(3);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("a checkpoint is being written");
  }
}
