package org.roundel.core.event;

import java.nio.file.Path;
import java.util.List;
import org.roundel.core.config.RunConfiguration;

/**
 * A run is about to make its first update, or to go on.
 *
 * @param directory where the run lies
 * @param version the program's version
 * @param configuration what was asked for
 * @param parameters how many numbers the net trains
 * @param quantizedParameters how many of them are quantized
 * @param quantizedNames the names of the quantized parameters
 * @param trainImages images in an epoch; those held out for validation are not among them
 * @param testImages images in the test split
 * @param stepsPerEpoch updates in an epoch
 * @param stepsDone updates made before; more than 0 if the run is resumed
 * @param best the lowest error before; {@link BestError#NONE} in a new run
 * @param layers statistics of each layer's weights as they are now, in the net's order
 * @param notices what the user should know, one line each: what initial weights matched, what a
 *     resume had to pass over
 */
public record RunStarted(
    Path directory,
    String version,
    RunConfiguration configuration,
    long parameters,
    long quantizedParameters,
    List<String> quantizedNames,
    int trainImages,
    int testImages,
    int stepsPerEpoch,
    long stepsDone,
    BestError best,
    List<LayerStatistics> layers,
    List<String> notices) {
  /** Copies the lists. */
  public RunStarted {
    quantizedNames = List.copyOf(quantizedNames);
    layers = List.copyOf(layers);
    notices = List.copyOf(notices);
  }
}
