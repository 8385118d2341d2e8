package org.roundel.reproduce.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roundel.reproduce.experiment.Scale;

/**
 * What the training experiments train, at each scale. {@link Scale#PAPER} is the published protocol
 * as far as it is known; the smaller ones train a small net for a tenth of the epochs, with the
 * learning rate falling at the same shares of the run.
 *
 * @param scale how much work it is
 * @param seeds how many repetitions, from seed 1 on
 * @param imageNet whether there are images of ImageNet
 * @param overrides settings that win over the protocol's, by key
 */
record Protocol(Scale scale, int seeds, boolean imageNet, Map<String, String> overrides) {
  private static final int SHORT_EPOCHS = 16;

  /** Copies the map. */
  Protocol {
    overrides = Map.copyOf(overrides);
  }

  /** Returns how many repetitions a scale has where the user did not say. */
  static int seeds(Scale scale) {
    return scale == Scale.SMOKE ? 2 : 3;
  }

  /** Returns the columns of Table 1 that the scale has. */
  List<Task> tasks() {
    if (scale != Scale.PAPER) {
      return List.of(small());
    }
    List<Task> tasks = new ArrayList<>();
    tasks.add(Task.published("vgg-9", "cifar-10", 1024));
    tasks.add(Task.published("vgg-bc", "cifar-10", 1024));
    tasks.add(Task.published("resnet-56", "cifar-10", 1024));
    tasks.add(Task.published("wrn-56-2", "cifar-10", 512));
    tasks.add(Task.published("resnet-56", "cifar-100", 1024));
    if (imageNet) {
      tasks.add(Task.imageNet());
    }
    return tasks.stream().map(this::overridden).toList();
  }

  /** Returns the task of the experiments that have one net: in the paper this one. */
  Task task(String publishedModel) {
    return scale == Scale.PAPER
        ? overridden(Task.published(publishedModel, "cifar-10", 1024))
        : small();
  }

  private Task small() {
    String dataset = scale == Scale.SMOKE ? "fashion-mnist-mini" : "cifar-10";
    Map<String, String> options =
        scale == Scale.SMOKE
            ? Map.of("dataset.train-limit", "2048", "dataset.test-limit", "1000")
            : Map.of();
    return overridden(
        Task.published("resnet-8", dataset, 1024).withEpochs(SHORT_EPOCHS).with(options));
  }

  private Task overridden(Task task) {
    String epochs = overrides.get("epochs");
    Task result = epochs == null ? task : task.withEpochs(Integer.parseInt(epochs));
    Map<String, String> options = new TreeMap<>(task.datasetOptions());
    overrides.forEach(
        (key, value) -> {
          if (key.startsWith("dataset.")) {
            options.put(key, value);
          }
        });
    return result.with(options);
  }

  /**
   * Returns what the paper's Table 1 has for a net and its images, as recalled: test errors in
   * percent. Empty where the table has no such column.
   */
  static Map<Method, Double> reported(Task task) {
    return switch (task.name()) {
      case "vgg-9-cifar-10" -> reported(7.97, 10.36, 16.95, 23.33, 23.99);
      case "vgg-bc-cifar-10" -> reported(7.12, 8.21, 16.77, 20.56, 21.88);
      case "resnet-56-cifar-10" -> reported(8.10, 8.83, 19.84, 26.49, 33.56);
      case "wrn-56-2-cifar-10" -> reported(6.62, 7.17, 16.04, 21.58, 27.90);
      case "resnet-56-cifar-100" -> reported(33.98, 35.34, 50.79, 58.06, 68.39);
      case "resnet-18-image-folder" -> reported(36.04, 52.11, 77.68, 88.86, 91.07);
      default -> Map.of();
    };
  }

  private static Map<Method, Double> reported(
      double adam,
      double binaryConnect,
      double bigStochasticRounding,
      double stochasticRounding,
      double deterministicRounding) {
    return Map.of(
        Method.ADAM, adam,
        Method.BINARY_CONNECT, binaryConnect,
        Method.BIG_STOCHASTIC_ROUNDING, bigStochasticRounding,
        Method.STOCHASTIC_ROUNDING, stochasticRounding,
        Method.DETERMINISTIC_ROUNDING, deterministicRounding);
  }
}
