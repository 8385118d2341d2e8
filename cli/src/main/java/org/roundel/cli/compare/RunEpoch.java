package org.roundel.cli.compare;

import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;

/**
 * What is compared of an epoch; shares are in [0, 1], and NaN is what there is not.
 *
 * <p>The layers' statistics, by far the most of an epoch's record, are summed up here, so that
 * thousands of runs fit into memory.
 *
 * <p>The test errors and the test loss are those of images held out where the run has such.
 *
 * @param flipsWeighted whether every weight counts the same in the flips, or every layer
 */
public record RunEpoch(
    int epoch,
    long step,
    double learningRate,
    double trainError,
    double trainLoss,
    double testError,
    double testLoss,
    double latentTestError,
    double convolutionFlips,
    double linearFlips,
    boolean flipsWeighted,
    double imagesPerSecond) {
  static RunEpoch of(EpochCompleted epoch) {
    return new RunEpoch(
        epoch.epoch(),
        epoch.step(),
        epoch.learningRate(),
        epoch.train().error(),
        epoch.train().loss(),
        epoch.test().error(),
        epoch.test().loss(),
        epoch.latentTest() == null ? Double.NaN : epoch.latentTest().error(),
        Flips.share(epoch, ParameterRole.CONVOLUTION_WEIGHT),
        Flips.share(epoch, ParameterRole.LINEAR_WEIGHT),
        Flips.knowsCounts(epoch),
        epoch.imagesPerSecond());
  }

  boolean hasLatentTestError() {
    return !Double.isNaN(latentTestError);
  }
}
