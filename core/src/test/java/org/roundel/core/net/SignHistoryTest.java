package org.roundel.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class SignHistoryTest {
  private final FloatBuffer weights =
      FloatBuffer.wrap(new float[] {1, 1, 1, 1, 1, -1, -1, -1, -1, -1});

  @Test
  void sharesFollowTheDefinitions() {
    SignHistory history = new SignHistory(weights);
    // In epoch e weight e − 1 turns negative.
    for (int epoch = 1; epoch <= 5; epoch++) {
      weights.put(epoch - 1, -1);
      history.endEpoch(weights);
      assertThat(history.changedSinceStart()).isEqualTo(epoch / 10.0);
    }
    assertThat(history.changedInFiveEpochs()).isEqualTo(0.5);
    // Epoch 6 differs from epoch 1 in weights 1 to 4, and from the start in weights 1 to 4 again.
    weights.put(0, 3);
    history.endEpoch(weights);
    assertThat(history.changedSinceStart()).isEqualTo(0.4);
    assertThat(history.changedInFiveEpochs()).isEqualTo(0.5);
  }

  @Test
  void fiveEpochsBackIsUnknownBeforeTheFifth() {
    SignHistory history = new SignHistory(weights);
    for (int epoch = 1; epoch < 5; epoch++) {
      history.endEpoch(weights);
      assertThat(history.changedInFiveEpochs()).isNull();
    }
    history.endEpoch(weights);
    assertThat(history.changedInFiveEpochs()).isEqualTo(0.0);
  }

  @Test
  void zeroCountsAsPositive() {
    SignHistory history = new SignHistory(weights);
    weights.put(0, 0f);
    weights.put(1, -0f);
    history.endEpoch(weights);
    assertThat(history.changedSinceStart()).isZero();
  }

  @Test
  void savedRecordsGoOnAsIfNothingHadHappened() {
    SignHistory history = new SignHistory(weights);
    for (int epoch = 1; epoch <= 8; epoch++) {
      weights.put(epoch % 10, -weights.get(epoch % 10));
      history.endEpoch(weights);
      SignHistory restored = new SignHistory(FloatBuffer.allocate(10));
      restored.restore(history.toBytes());
      assertThat(restored.changedSinceStart()).isEqualTo(history.changedSinceStart());
      assertThat(restored.changedInFiveEpochs()).isEqualTo(history.changedInFiveEpochs());
      history = restored;
    }
  }

  @Test
  void refusesRecordsOfAnotherLength() {
    SignHistory history = new SignHistory(weights);
    assertThatThrownBy(() -> history.restore(new byte[5])).hasMessageContaining("5 bytes");
    assertThatThrownBy(() -> history.restore(new byte[0])).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> history.restore(new byte[2 * 8]))
        .hasMessageContaining("records of 2 bytes");
  }
}
