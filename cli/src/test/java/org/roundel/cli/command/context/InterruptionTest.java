package org.roundel.cli.command.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private static final int HUP = 1;
  private static final int INT = 2;
  private static final int TERM = 15;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> left = new ArrayList<>();
  private final Interruption interruption =
      new Interruption(new PrintStream(bytes, true, StandardCharsets.UTF_8), left::add);

  @Test
  void endsTheProcessAtOnceBeforeAndAfterARun() {
    interruption.signalled(INT);
    interruption.runStarted();
    assertThat(interruption.ended(0)).isZero();
    interruption.signalled(TERM);
    assertThat(left).containsExactly(130, 143);
    assertThat(interruption.getAsBoolean()).isFalse();
    assertThat(bytes.size()).isZero();
  }

  @Test
  void asksTheRunToStopAndSaysHowToEndAtOnce() {
    interruption.runStarted();
    interruption.signalled(TERM);
    assertThat(interruption.getAsBoolean()).isTrue();
    assertThat(left).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("a checkpoint is being written", "Press Ctrl-C again to end at once");
    assertThat(interruption.ended(130)).isEqualTo(143);
  }

  @Test
  void aRunThatEndsInAnotherWayHasThatWaysCode() {
    interruption.runStarted();
    interruption.signalled(INT);
    assertThat(interruption.ended(3)).isEqualTo(3);
  }

  @Test
  void afterARunsEndSaysThatNothingIsLeftToSave() {
    interruption.runEnded();
    interruption.signalled(INT);
    assertThat(left).containsExactly(130);
    interruption.runStarted();
    interruption.runEnded();
    interruption.signalled(INT);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("The run has ended and is kept")
        .doesNotContain("checkpoint");
    assertThat(left).containsExactly(130);
    assertThat(interruption.ended(0)).isZero();
  }

  @Test
  void theSecondCtrlCOrSigtermEndsAtOnceAndASecondHangUpDoesNot() {
    interruption.runStarted();
    interruption.signalled(HUP);
    interruption.signalled(HUP);
    assertThat(left).isEmpty();
    interruption.signalled(TERM);
    assertThat(left).containsExactly(143);
  }

  @Test
  void aPauseEndsByItselfOrBySignalAndIsNoRequestToStop() throws Exception {
    interruption.runStarted();
    interruption.pause(Duration.ofMillis(1));
    Thread main = Thread.currentThread();
    Thread signal =
        new Thread(
            () -> {
              while (main.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              interruption.signalled(INT);
            });
    signal.start();
    interruption.pause(Duration.ofHours(1));
    signal.join();
    assertThat(interruption.getAsBoolean()).isFalse();
    assertThat(left).isEmpty();
    assertThat(bytes.size()).isZero();
    assertThat(interruption.ended(5)).isEqualTo(5);
  }
}
