package org.roundel.core.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;

/** The memory of a net with 12 weights, which are quantized, 3 biases and 4 running means. */
class UntrainedNetTest {
  private static final int WEIGHTS = 12;
  private static final int BIASES = 3;
  private static final int MEANS = 4;

  private static TrainingMemory memory(String quantizer, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax-graph");
    values.put("quantizer", quantizer);
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return UntrainedNet.of(PluginRegistry.of(new TestingPlugin()), RunConfiguration.of(values))
        .memory();
  }

  @Test
  void aMethodThatRoundsInPlaceHasNoSecondCopy() {
    assertThat(memory("stored-stochastic").latent()).isZero();
  }

  @Test
  void latentWeightsAreFourBytesForEachQuantizedOne() {
    assertThat(memory("latent-sign").latent()).isEqualTo(4 * WEIGHTS);
  }

  @Test
  void aMethodThatMovesWeightsItselfLeavesTheOptimizerTheRest() {
    TrainingMemory memory = memory("flipping");
    assertThat(memory.optimizer()).isEqualTo(4 * BIASES);
    // Its own mean of gradients, and the last values.
    assertThat(memory.quantizer()).isEqualTo(4 * 2 * WEIGHTS);
  }

  @Test
  void anAverageIsOneNumberMoreForEachThatIsTrained() {
    assertThat(memory("latent-sign").averages()).isZero();
    TrainingMemory averaged = memory("latent-sign", "ema-decay", "0.99");
    assertThat(averaged.averages()).isEqualTo(4 * (WEIGHTS + BIASES));
    assertThat(averaged.total()).isEqualTo(memory("latent-sign").total() + 4 * (WEIGHTS + BIASES));
  }

  /** The sums of one part, of two and of four wait for their neighbours while there are eight. */
  @Test
  void eightPartsOfABatchNeedThreeMoreGradients() {
    assertThat(memory("latent-sign", "shards", "8").gradients())
        .isEqualTo(4 * 4 * (WEIGHTS + BIASES));
  }

  @Test
  void theOtherPartsAreCountedByHand() {
    for (String quantizer : new String[] {"stored-stochastic", "latent-sign"}) {
      TrainingMemory memory = memory(quantizer);
      assertThat(memory.weights()).isEqualTo(4 * (WEIGHTS + BIASES + MEANS));
      assertThat(memory.gradients()).isEqualTo(4 * (WEIGHTS + BIASES));
      // A velocity for each.
      assertThat(memory.optimizer()).isEqualTo(4 * (WEIGHTS + BIASES));
      // The last values, and where they are rounded in place, those before.
      int copies = quantizer.equals("latent-sign") ? 1 : 2;
      assertThat(memory.quantizer()).isEqualTo(4 * copies * WEIGHTS);
      assertThat(memory.total())
          .isEqualTo(
              memory.weights()
                  + memory.gradients()
                  + memory.latent()
                  + memory.optimizer()
                  + memory.quantizer()
                  + memory.activations());
    }
  }
}
