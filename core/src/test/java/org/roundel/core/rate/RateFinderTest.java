package org.roundel.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.rate.RateCurve.End;
import org.roundel.core.rate.RateCurve.Finding;
import org.roundel.core.training.TestingPlugin;

/** Range tests of a small net on 58 images, four batches a pass. */
class RateFinderTest {
  private static final RateListener NOBODY = notices -> {};

  private final RateFinder finder =
      new RateFinder(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);

  private static RunConfiguration configuration(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "full");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  /** 200 updates from 1e-3 to 1000: far more than gradient descent on a softmax bears. */
  @Test
  void endsWhereTrainingDivergesAndSuggestsALowerRate() {
    RateCurve curve = finder.run(configuration(), new RateRange(1e-3, 1000, 200), NOBODY);
    assertThat(curve.end()).isIn(End.LOSS_ROSE, End.NOT_FINITE);
    RatePoint last = curve.points().get(curve.points().size() - 1);
    assertThat(last.update()).isEqualTo(curve.points().size()).isLessThan(200);
    assertThat(curve.finding()).isEqualTo(Finding.FOUND);
    assertThat(curve.suggestion().orElseThrow()).isBetween(1e-3, last.rate() / 10);
    assertThat(curve.lowest().smoothedLoss()).isLessThan(curve.points().get(0).loss() / 2);
  }

  @Test
  void isTheSameTwiceWhateverScheduleWarmUpAndRateWouldBe() {
    RateRange range = new RateRange(1e-3, 1, 60);
    RateCurve first = finder.run(configuration("quantizer", "latent-stochastic"), range, NOBODY);
    RunConfiguration other =
        configuration(
            "quantizer",
            "latent-stochastic",
            "schedule",
            "shrinking",
            "warmup-epochs",
            "2",
            "learning-rate",
            "7");
    assertThat(finder.run(other, range, NOBODY)).isEqualTo(first);
    RunConfiguration seed = configuration("quantizer", "latent-stochastic", "seed", "2");
    assertThat(finder.run(seed, range, NOBODY)).isNotEqualTo(first);
  }

  @Test
  void goesThroughTheWholeRangePassAfterPassAndTellsOfEachUpdate() {
    RateRange range = new RateRange(1e-6, 1e-5, 50);
    List<RatePoint> told = new ArrayList<>();
    RateCurve curve =
        finder.run(
            configuration(),
            range,
            new RateListener() {
              @Override
              public void started(List<String> notices) {
                assertThat(notices).isEmpty();
                assertThat(told).isEmpty();
              }

              @Override
              public void updated(RatePoint point) {
                told.add(point);
              }
            });
    assertThat(curve.end()).isEqualTo(End.HIGHEST_RATE);
    assertThat(curve.points()).isEqualTo(told).hasSize(50);
    for (int update = 1; update <= 50; update++) {
      assertThat(told.get(update - 1).update()).isEqualTo(update);
      assertThat(told.get(update - 1).rate()).isEqualTo(range.rate(update));
    }
  }

  /** Latent weights are quantized anew with the update after, so the first one shows no move. */
  @Test
  void countsTheMovesOfQuantizedWeights() {
    RateRange range = new RateRange(1e-3, 10, 50);
    RateCurve latent = finder.run(configuration("quantizer", "latent-sign"), range, NOBODY);
    assertThat(latent.points().get(0).movedShare()).isZero();
    assertThat(latent.points())
        .allMatch(point -> point.movedShare() >= 0 && point.movedShare() <= 1)
        .anyMatch(point -> point.movedShare() > 0);
    RateCurve full = finder.run(configuration(), range, NOBODY);
    assertThat(full.points()).allMatch(point -> Double.isNaN(point.movedShare()));
    assertThat(full.movedNear(0.1)).isNaN();
  }

  @Test
  void endsBeforeAnUpdateWhoseGradientIsNotFinite() {
    RateRange range = new RateRange(1e-6, 1e-5, 50);
    RateCurve curve = finder.run(configuration("model.diverge-at", "7"), range, NOBODY);
    assertThat(curve.end()).isEqualTo(End.NOT_FINITE);
    assertThat(curve.points()).hasSize(6);
  }

  @Test
  void aNetThatIsNotFiniteFromTheStartIsRefused() {
    RateRange range = new RateRange(1e-6, 1e-5, 50);
    assertThatThrownBy(() -> finder.run(configuration("model.diverge-at", "1"), range, NOBODY))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DIVERGED))
        .hasMessage(
            "no learning rate could be tried: before the first update the gradient of layer/weight"
                + " is not finite. Look at the images and the weights that training starts from");
  }

  @Test
  void saysWhatTheUserShouldKnowAndStartsFromGivenWeights() {
    RateRange range = new RateRange(1e-6, 1e-5, 50);
    List<String> told = new ArrayList<>();
    finder.run(configuration("dataset.notice", "Images are blobs."), range, told::addAll);
    assertThat(told).containsExactly("Images are blobs.");
    RunConfiguration missing = configuration("init-from", "no-such-file.safetensors");
    assertThatThrownBy(() -> finder.run(missing, range, NOBODY))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("init-from: there is no file");
    RunConfiguration device = configuration("init-from", "/dev/null");
    assertThatThrownBy(() -> finder.run(device, range, NOBODY))
        .hasMessage("init-from: /dev/null is no regular file; copy what it gives into one");
  }

  @Test
  void anImageThatCannotBeReadEndsItWithItsMessage() {
    RunConfiguration broken = configuration("dataset.fail-at", "3");
    assertThatThrownBy(() -> finder.run(broken, new RateRange(1e-6, 1e-5, 50), NOBODY))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("image 3 is gone");
  }
}
