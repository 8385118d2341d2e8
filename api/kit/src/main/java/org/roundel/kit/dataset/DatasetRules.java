package org.roundel.kit.dataset;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.Split;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.probe.Threads;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Dataset} must do. At most 40 images of each split are read. */
public final class DatasetRules {
  private static final int MOST_IMAGES = 40;
  private static final int MARGIN = 7;
  private static final long SEED = 20_170_607L;

  private DatasetRules() {}

  /** Returns the rules. */
  public static List<Rule<DatasetSubject>> all() {
    return List.of(
        Rule.of("there are classes and images", DatasetRules::classes),
        Rule.of("images are finite and labels in range", DatasetRules::images),
        Rule.of("an image is written from position 0, nothing else", DatasetRules::writes),
        Rule.of("the buffer's position does not matter", DatasetRules::position),
        Rule.of("an image depends on seed, epoch and index only", DatasetRules::pure),
        Rule.of("any image can be read without augmentation", DatasetRules::withoutAugmentation),
        Rule.of("the fingerprint is always the same", DatasetRules::fingerprint),
        Rule.of("closing twice is harmless", DatasetRules::closing),
        Rule.of("the files it reads are valid", DatasetRules::verification),
        Rule.of("it says which file is missing, or needs none", DatasetRules::missing));
  }

  private static void classes(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open()) {
      List<String> names = dataset.classNames();
      if (names.size() < 2 || new HashSet<>(names).size() < names.size()) {
        throw RuleViolation.of("the classes " + names, "at least 2, with different names");
      }
      for (Split split : Split.values()) {
        if (dataset.size(split) < 1) {
          throw RuleViolation.of(dataset.size(split) + " images in " + split, "at least 1");
        }
      }
    }
  }

  private static void images(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open()) {
      int classes = dataset.classNames().size();
      for (Split split : Split.values()) {
        for (int index : indices(dataset, split)) {
          float[] image = read(dataset, split, index, 1);
          String what = split + " image " + index;
          Numbers.requireFinite(image, what);
          int label = (int) image[image.length - 1];
          if (label < 0 || label >= classes) {
            throw RuleViolation.of("label " + label + " of " + what, "0 to " + (classes - 1));
          }
        }
      }
    }
  }

  private static void writes(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open()) {
      int length = dataset.inputShape().length();
      for (Split split : Split.values()) {
        FloatBuffer memory = FloatBuffer.allocate(length + 2 * MARGIN);
        for (int position = 0; position < memory.capacity(); position++) {
          memory.put(position, Float.NaN);
        }
        FloatBuffer image = memory.slice(MARGIN, length + MARGIN);
        dataset.read(split, 0, augmentation(split, 0, 1), image);
        for (int position = 0; position < memory.capacity(); position++) {
          boolean inside = position >= MARGIN && position < MARGIN + length;
          if (Float.isNaN(memory.get(position)) == inside) {
            throw RuleViolation.of(
                (inside ? "nothing" : "something") + " written at " + (position - MARGIN),
                "writing 0 to " + (length - 1) + ", an image of " + dataset.inputShape());
          }
        }
      }
    }
  }

  private static void position(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open()) {
      int length = dataset.inputShape().length();
      float[] result = new float[length + 1];
      FloatBuffer moved = FloatBuffer.wrap(result, 0, length).slice();
      moved.position(1);
      result[length] = dataset.read(Split.TRAIN, 0, Augmentation.of(SEED, 1, 0), moved);
      requireSame(
          result,
          read(dataset, Split.TRAIN, 0, 1),
          "another image where the buffer's position is 1");
    }
  }

  private static void pure(DatasetSubject subject) throws Exception {
    try (Dataset dataset = subject.open();
        Dataset other = subject.open()) {
      for (Split split : Split.values()) {
        int[] indices = indices(dataset, split);
        // Backwards and after another epoch, from several threads at a time.
        List<Callable<float[]>> tasks = new ArrayList<>();
        for (int position = indices.length - 1; position >= 0; position--) {
          int index = indices[position];
          tasks.add(
              () -> {
                read(other, split, index, 4);
                return read(other, split, index, 3);
              });
        }
        List<float[]> results = Threads.call(tasks);
        for (int position = 0; position < indices.length; position++) {
          requireSame(
              results.get(indices.length - 1 - position),
              read(dataset, split, indices[position], 3),
              "another "
                  + split
                  + " image "
                  + indices[position]
                  + " in another order, from threads");
        }
      }
    }
  }

  private static void withoutAugmentation(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open()) {
      for (Split split : Split.values()) {
        for (int index : indices(dataset, split)) {
          String what = split + " image " + index + " without augmentation";
          float[] image = read(dataset, split, index, null);
          Numbers.requireFinite(image, what);
          requireSame(read(dataset, split, index, null), image, "another " + what);
          int label = (int) image[image.length - 1];
          int augmented = (int) read(dataset, split, index, 1)[image.length - 1];
          if (label != augmented) {
            throw RuleViolation.of("label " + label + " of " + what, "its label " + augmented);
          }
        }
      }
    }
  }

  private static void fingerprint(DatasetSubject subject) throws IOException {
    try (Dataset dataset = subject.open();
        Dataset other = subject.open()) {
      String print = dataset.fingerprint();
      if (!print.matches("[0-9a-f]{64}")) {
        throw RuleViolation.of("the fingerprint '" + print + "'", "64 digits of lower-case hex");
      }
      for (Dataset asked : List.of(dataset, other)) {
        if (!asked.fingerprint().equals(print)) {
          throw RuleViolation.of(
              "the fingerprints " + print + " and " + asked.fingerprint() + " of the same files",
              "the same one");
        }
      }
    }
  }

  private static void closing(DatasetSubject subject) throws IOException {
    Dataset dataset = subject.open();
    dataset.close();
    dataset.close();
  }

  private static void verification(DatasetSubject subject) throws IOException {
    for (FileCheck check : subject.factory().verify(subject.directory())) {
      if (!check.valid()) {
        throw RuleViolation.of(
            "verify() refusing " + check.file() + ": " + check.detail(),
            "accepting what create() reads");
      }
    }
  }

  private static void missing(DatasetSubject subject) throws IOException {
    DatasetFactory factory = subject.factory();
    Path empty = Files.createTempDirectory("contract-kit");
    Path missing = empty.resolve("nothing-here");
    try {
      if (factory.needsDirectory()) {
        requireRefusal(subject, missing);
      } else {
        factory.create(subject.options(), missing).close();
        if (!factory.verify(missing).isEmpty()) {
          throw RuleViolation.of(
              "verify() naming files, though needsDirectory() is false", "an empty list");
        }
      }
      if (Files.exists(missing)) {
        throw RuleViolation.of("that reading made the directory " + missing, "only reading");
      }
    } finally {
      Files.deleteIfExists(missing);
      Files.deleteIfExists(empty);
    }
  }

  private static void requireRefusal(DatasetSubject subject, Path missing) throws IOException {
    DatasetFactory factory = subject.factory();
    String message = "";
    try {
      factory.create(subject.options(), missing).close();
    } catch (InvalidInputException refused) {
      message = String.valueOf(refused.getMessage());
    }
    if (!message.contains(missing.toString())) {
      throw RuleViolation.of(
          message.isEmpty() ? "no refusal of a missing directory" : "the message '" + message + "'",
          "an InvalidInputException whose message names the missing " + missing);
    }
    boolean anyInvalid = false;
    for (FileCheck check : factory.verify(missing)) {
      anyInvalid |= !check.valid();
    }
    if (!anyInvalid) {
      throw RuleViolation.of(
          "verify() finding no fault in a missing directory", "a check of each missing file");
    }
  }

  private static void requireSame(float[] found, float[] expected, String what) {
    int index = Arrays.mismatch(found, expected);
    if (index >= 0) {
      throw RuleViolation.of(
              what + ", " + found[index] + " at " + index + " instead of " + expected[index],
              "the same image and label")
          .with("seed " + SEED);
    }
  }

  /** Returns what a run reads in an epoch: the image's values, and after them the label. */
  static float[] read(Dataset from, Split split, int index, int epoch) throws IOException {
    return read(from, split, index, augmentation(split, index, epoch));
  }

  private static float[] read(
      Dataset from, Split split, int index, @Nullable Augmentation augmentation)
      throws IOException {
    int length = from.inputShape().length();
    float[] result = new float[length + 1];
    FloatBuffer image = FloatBuffer.wrap(result, 0, length).slice();
    result[length] = from.read(split, index, augmentation, image);
    return result;
  }

  private static @Nullable Augmentation augmentation(Split split, int index, int epoch) {
    return split == Split.TRAIN ? Augmentation.of(SEED, epoch, index) : null;
  }

  /** The first and the last image and some between. */
  private static int[] indices(Dataset dataset, Split split) {
    int size = dataset.size(split);
    int count = Math.min(size, MOST_IMAGES);
    int[] indices = new int[count];
    for (int position = 1; position < count; position++) {
      indices[position] = (int) ((long) position * (size - 1) / (count - 1));
    }
    return indices;
  }
}
