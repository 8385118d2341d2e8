package org.roundel.reproduce.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.roundel.core.config.RunConfiguration;
import org.roundel.sweep.cell.Cell;

/**
 * One training of the paper's protocol.
 *
 * @param task what is trained on what
 * @param method how
 * @param batchSize images in an update
 * @param weightDecay the L2 penalty's factor, 0 for none
 * @param seed the seed of all its random numbers; methods with one seed see the images in one order
 */
record Trial(Task task, Method method, int batchSize, double weightDecay, long seed) {
  private static final double LEARNING_RATE = 0.01;

  /** Returns the trial of a method with its own batch size and no weight decay. */
  static Trial of(Task task, Method method, long seed) {
    return new Trial(task, method, method.batchSize(task), 0, seed);
  }

  /**
   * Returns the settings of the published protocol, without seed and place of the data: what a
   * preset file holds.
   */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", task.model());
    settings.put("quantizer", method.quantizer());
    settings.put("quantize", "conv");
    settings.put("optimizer", "adam");
    settings.put("learning-rate", Double.toString(LEARNING_RATE));
    if (task.milestones().isEmpty()) {
      settings.put("schedule", "constant");
    } else {
      settings.put("schedule", "step");
      settings.put(
          "schedule.milestones",
          task.milestones().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    settings.put("epochs", Integer.toString(task.epochs()));
    settings.put("batch-size", Integer.toString(batchSize));
    settings.put("dataset", task.dataset());
    settings.putAll(new TreeMap<>(task.datasetOptions()));
    if (weightDecay > 0) {
      settings.put("optimizer.weight-decay", Double.toString(weightDecay));
    }
    return settings;
  }

  /**
   * Returns the training as a cell.
   *
   * @param more settings that win over the protocol's
   */
  Cell cell(Map<String, String> more) {
    Map<String, String> settings = settings();
    settings.put("seed", Long.toString(seed));
    settings.putAll(more);
    String decay = weightDecay > 0 ? "-decay-" + decayText() : "";
    return new Cell(
        task.name() + "-" + method.quantizer() + "-batch-" + batchSize + decay + "-seed-" + seed,
        RunConfiguration.of(settings));
  }

  /** Returns how it trains in a few words: {@code SR-ADAM, batch 128, seed 1}. */
  String label() {
    return method.label()
        + ", batch "
        + batchSize
        + (weightDecay > 0 ? ", decay " + decayText() : "")
        + ", seed "
        + seed;
  }

  private String decayText() {
    return decayText(weightDecay);
  }

  /** Returns a factor of weight decay as people write it: {@code 0}, {@code 1e-5}. */
  static String decayText(double decay) {
    return decay == 0 ? "0" : String.format(Locale.ROOT, "%.0e", decay).replace("e-0", "e-");
  }
}
