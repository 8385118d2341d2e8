package org.roundel.reproduce.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roundel.api.InvalidInputException;
import org.roundel.core.config.RunSettings;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Scale;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.work.SweepDirectory;

/** The experiments that consist of trainings, by name. */
public final class TrainingExperiments {
  /** All of them. */
  public static final List<String> ALL =
      List.of("methods", "batch-size", "weight-changes", "weight-decay");

  /** The dataset that stands for ImageNet. */
  public static final String IMAGE_NET = "image-folder";

  /** Settings that the experiments choose themselves. */
  public static final Set<String> CHOSEN =
      new TreeSet<>(
          Set.of(
              "model",
              "dataset",
              "validation",
              "data-dir",
              "quantizer",
              "batch-size",
              "seed",
              "optimizer.weight-decay"));

  private TrainingExperiments() {}

  /** Returns how many repetitions a scale has where the user did not say. */
  public static int seeds(Scale scale) {
    return Protocol.seeds(scale);
  }

  /**
   * Returns experiments.
   *
   * @param names which, of {@link #ALL}
   * @param scale how much work they are
   * @param seeds how many repetitions
   * @param directories where datasets are, by dataset; those not named are where 'roundel train'
   *     looks
   * @param overrides settings of all runs that win over the protocol's, none of {@link #CHOSEN}
   * @param trainer trains
   * @param sweep where the runs of all experiments are
   * @param part which of the trainings this process does
   */
  public static List<Experiment> of(
      List<String> names,
      Scale scale,
      int seeds,
      Map<String, Path> directories,
      Map<String, String> overrides,
      CellTrainer trainer,
      SweepDirectory sweep,
      WorkPart part) {
    Protocol protocol = new Protocol(scale, seeds, directories.containsKey(IMAGE_NET), overrides);
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (Task task : protocol.tasks()) {
      Map<String, String> more = new TreeMap<>(overrides);
      Path directory = directories.get(task.dataset());
      if (directory != null) {
        more.put("data-dir", directory.toString());
      }
      settings.put(task.dataset(), more);
    }
    return names.stream()
        .map(name -> experiment(name, protocol))
        .<Experiment>map(
            experiment -> new TrainedExperiment(experiment, trainer, sweep, part, settings))
        .toList();
  }

  /**
   * Returns the settings of everything that experiments train, without seeds and places of data.
   *
   * @param overrides settings of all runs that win over the protocol's; they need not be allowed
   */
  public static Set<Map<String, String>> settings(
      List<String> names, Scale scale, boolean withImageNet, Map<String, String> overrides) {
    Map<String, String> usable = new TreeMap<>(overrides);
    try {
      RunSettings.EPOCHS.parse(usable.getOrDefault("epochs", "1"));
    } catch (InvalidInputException notAllowed) {
      // The protocol counts with them.
      usable.remove("epochs");
    }
    Protocol protocol = new Protocol(scale, 1, withImageNet, usable);
    Set<Map<String, String>> all = new LinkedHashSet<>();
    for (String name : names) {
      for (Trial trial : experiment(name, protocol).trials()) {
        Map<String, String> settings = trial.settings();
        settings.putAll(overrides);
        all.add(settings);
      }
    }
    return all;
  }

  private static TrainingExperiment experiment(String name, Protocol protocol) {
    return switch (name) {
      case "methods" -> new MethodsExperiment(protocol);
      case "batch-size" -> new BatchSizeExperiment(protocol);
      case "weight-changes" -> new WeightChangesExperiment(protocol);
      case "weight-decay" -> new WeightDecayExperiment(protocol);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
