package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;

/** The net's weights are written only where others are wanted than those in place. */
class WeightsInPlaceTest {
  private static final int STEPS = 4;

  @TempDir Path directory;

  private final List<String> writes = new ArrayList<>();

  @Test
  void anEpochsEndWritesEachKindOfWeightsOnceThatIsEvaluatedSavedOrTrainedWith() {
    train("true");

    // The checkpoint before the first update, then two epochs of four updates. Of an epoch's end:
    // the coming update's weights, on which moves are counted; the latent ones, which no quantizer
    // writes; the ones that ship, evaluated and saved; the coming update's again.
    assertThat(writes)
        .containsExactly(
            "train 1", "ship 1", "train 1", "train 2", "train 3", "train 4", "train 5", "ship 5",
            "train 5", "train 6", "train 7", "train 8", "train 9", "ship 9");
  }

  @Test
  void withoutLatentErrorTheWritesAreTheSame() {
    train("true");
    List<String> with = List.copyOf(writes);
    writes.clear();
    train("false");

    assertThat(writes).isEqualTo(with);
  }

  private void train(String latentError) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "listing");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("epochs", "2");
    values.put("latent-error", latentError);
    RunEventsRecorder events = new RunEventsRecorder();
    new Trainer(PluginRegistry.of(new TestingPlugin(), new ListingPlugin()), Clock.SYSTEM)
        .train(
            RunConfiguration.of(values),
            directory.resolve("run-latent-" + latentError),
            events,
            () -> false);
    assertThat(events.steps).hasSize(2 * STEPS);
  }

  private final class ListingPlugin implements RoundelPlugin {
    @Override
    public List<QuantizerFactory> quantizers() {
      return List.of(new ListingFactory());
    }
  }

  private final class ListingFactory implements QuantizerFactory {
    @Override
    public String name() {
      return "listing";
    }

    @Override
    public String description() {
      return "lists what it writes";
    }

    @Override
    public Quantizer create(Options options) {
      return new ListingQuantizer();
    }
  }

  /** Full precision with a latent copy. */
  private final class ListingQuantizer implements Quantizer {
    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      writes.add((context.evaluation() ? "ship " : "train ") + context.moment().step());
      weights.assign(latent);
    }
  }
}
