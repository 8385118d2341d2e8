package org.roundel.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;
import org.roundel.core.Distribution;

/**
 * The settings of a run that are not options of a component. On the command line each is an option
 * of the same name. Which components are the defaults is the distribution's matter.
 */
public final class RunSettings {
  /** The net to train. */
  public static final Option<String> MODEL =
      Option.text(
          "model", Distribution.defaultOf("model"), "the net to train; see 'roundel list model'");

  /** How weights are quantized. */
  public static final Option<String> QUANTIZER =
      Option.text(
          "quantizer",
          Distribution.defaultOf("quantizer"),
          "how weights are quantized; 'none' for full precision");

  /** Which weights are quantized. */
  public static final Option<String> QUANTIZE =
      Option.text(
          "quantize",
          "conv",
          "which weights are quantized: conv, linear, all (both), inner (all but the first and the"
              + " last layer), or a pattern of parameter names with * and ?");

  /** How weights follow their gradient. */
  public static final Option<String> OPTIMIZER =
      Option.text(
          "optimizer", Distribution.defaultOf("optimizer"), "how weights follow their gradient");

  /** The learning rate over time. */
  public static final Option<String> SCHEDULE =
      Option.text("schedule", Distribution.defaultOf("schedule"), "the learning rate over time");

  /** The images to train on. */
  public static final Option<String> DATASET =
      Option.text("dataset", Distribution.defaultOf("dataset"), "the images to train on");

  /** Where the dataset's files are. */
  public static final Option<String> DATA_DIRECTORY =
      Option.text(
          "data-dir",
          "",
          "where the dataset's files are; else .roundel/data/NAME in the home directory");

  /** How many times all training images are seen. */
  public static final Option<Integer> EPOCHS =
      Option.integer("epochs", 2, 1, 100_000, "how many times all training images are seen");

  /** Images in one update. */
  public static final Option<Integer> BATCH_SIZE =
      Option.integer("batch-size", 32, 1, 65_536, "images in one update");

  /** How many parts a batch is computed in. */
  public static final Option<Integer> SHARDS =
      Option.integer(
          "shards",
          1,
          1,
          65_536,
          "parts that a batch is computed in, one after another in the memory of one, each with"
              + " batch statistics of its own");

  /** The learning rate before any schedule. */
  public static final Option<Double> LEARNING_RATE =
      Option.positive(
          "learning-rate", 0.01, 1000, "the learning rate that the schedule starts from");

  /** Epochs in which the learning rate grows from near 0 to the schedule's. */
  public static final Option<Double> WARM_UP_EPOCHS =
      Option.real(
          "warmup-epochs",
          0,
          0,
          100_000,
          "epochs in which the rate grows linearly to what the schedule says; may be a fraction");

  /** The seed of all random numbers. */
  public static final Option<Long> SEED =
      Option.wholeNumber("seed", 1, "the seed of all random numbers of the run");

  /** The share of the training images that is held out. */
  public static final Option<Double> VALIDATION =
      Option.real(
          "validation",
          0,
          0,
          0.5,
          "share of the training images that is held out, by the seed: they choose the best"
              + " checkpoint, which alone meets the test images, when the run has ended; 0 for"
              + " none");

  /** After how many epochs without a better error a run ends. */
  public static final Option<Integer> PATIENCE =
      Option.integer(
          "patience",
          0,
          0,
          100_000,
          "end the run after so many epochs in a row without a lower validation error; 0 for"
              + " never");

  /** Weights to start from. */
  public static final Option<String> INITIAL_WEIGHTS =
      Option.text(
          "init-from",
          "",
          "start from these weights: a run directory or a safetensors file; else fresh ones");

  /** How many of the newest checkpoints are kept. */
  public static final Option<Integer> KEEP_CHECKPOINTS =
      Option.integer(
          "keep-checkpoints",
          2,
          1,
          10_000,
          "how many of the newest checkpoints are kept, beside the best");

  /** Time between checkpoints within an epoch. */
  public static final Option<Double> CHECKPOINT_MINUTES =
      Option.real(
          "checkpoint-minutes",
          10,
          0,
          100_000,
          "minutes between checkpoints within an epoch; 0 for none but at its end");

  /** Whether the latent weights are evaluated too. */
  public static final Option<Boolean> LATENT_ERROR =
      Option.flag(
          "latent-error",
          false,
          "measure the error of the latent weights after each epoch too, with running"
              + " statistics estimated for them; 'roundel evaluate' always does");

  /** How much of an average of the trained weights stays in each update. */
  public static final Option<Double> EMA_DECAY =
      Option.real(
          "ema-decay",
          0,
          0,
          0.999_999_9,
          "ship a moving average of the trained weights, of which this share stays in each update;"
              + " it is quantized as they are; 0 for none");

  /** Whether running statistics are estimated for whatever is evaluated, saved and shipped. */
  public static final Option<Boolean> ESTIMATE_STATISTICS =
      Option.flag(
          "estimate-statistics",
          false,
          "estimate running statistics anew wherever weights are evaluated, saved and shipped, not"
              + " only for other weights than training's");

  /** Threads to compute with. */
  public static final Option<Integer> THREADS =
      Option.integer(
          "threads",
          0,
          0,
          1024,
          "threads to compute with, at most 4 for each processor; 0 for one per processor");

  /** All settings, in the order in which they are shown. */
  public static final List<Option<?>> ALL =
      List.of(
          MODEL,
          QUANTIZER,
          QUANTIZE,
          OPTIMIZER,
          SCHEDULE,
          DATASET,
          DATA_DIRECTORY,
          EPOCHS,
          BATCH_SIZE,
          SHARDS,
          LEARNING_RATE,
          WARM_UP_EPOCHS,
          LossSettings.CLIP_NORM,
          LossSettings.LABEL_SMOOTHING,
          LossSettings.TEACHER,
          LossSettings.TEACHER_SHARE,
          SEED,
          VALIDATION,
          PATIENCE,
          INITIAL_WEIGHTS,
          KEEP_CHECKPOINTS,
          CHECKPOINT_MINUTES,
          LATENT_ERROR,
          EMA_DECAY,
          ESTIMATE_STATISTICS,
          THREADS);

  /**
   * Settings that fit a run to the machine. Runs that differ in no others count as one; of these
   * only the number of threads alters what is computed, and that in the last bits.
   */
  public static final List<Option<?>> OF_THE_MACHINE =
      List.of(DATA_DIRECTORY, KEEP_CHECKPOINTS, CHECKPOINT_MINUTES, THREADS);

  /** Settings that a run may have another value of from some step on. */
  public static final List<Option<?>> CHANGEABLE =
      List.of(
          EPOCHS,
          PATIENCE,
          DATA_DIRECTORY,
          LossSettings.TEACHER,
          KEEP_CHECKPOINTS,
          CHECKPOINT_MINUTES,
          LATENT_ERROR,
          THREADS);

  /**
   * The components that a run selects, by the word in front of the dot of their options: {@code
   * quantizer.delta}.
   */
  public static final List<Option<String>> COMPONENTS =
      List.of(MODEL, QUANTIZER, OPTIMIZER, SCHEDULE, DATASET);

  /** The settings that are paths; an empty one was not given. */
  public static final List<Option<String>> PATHS =
      List.of(DATA_DIRECTORY, INITIAL_WEIGHTS, LossSettings.TEACHER);

  private static final Map<String, Option<?>> BY_NAME = byName();

  private RunSettings() {}

  /** Returns the setting of this name, or null. */
  public static @Nullable Option<?> find(String name) {
    return BY_NAME.get(name);
  }

  /** Returns whether the setting of this name is one of {@link #OF_THE_MACHINE}. */
  public static boolean isOfTheMachine(String name) {
    return has(OF_THE_MACHINE, name);
  }

  /** Returns whether the setting of this name is one of {@link #CHANGEABLE}. */
  public static boolean isChangeable(String name) {
    return has(CHANGEABLE, name);
  }

  private static boolean has(List<Option<?>> settings, String name) {
    return settings.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /** Returns the names of all settings. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Returns the setting that selects the component whose option a key is, as {@code
   * quantizer.delta} is one of the quantizer; null if the key has no such form.
   */
  public static @Nullable Option<String> componentOf(String key) {
    int dot = key.indexOf('.');
    for (Option<String> component : COMPONENTS) {
      if (dot > 0 && component.name().equals(key.substring(0, dot))) {
        return component;
      }
    }
    return null;
  }

  private static Map<String, Option<?>> byName() {
    Map<String, Option<?>> settings = new LinkedHashMap<>();
    for (Option<?> setting : ALL) {
      settings.put(setting.name(), setting);
    }
    return settings;
  }
}
