package org.roundel.reproduce.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A net and the images it is trained on: a column of Table 1.
 *
 * @param model the net
 * @param dataset the images
 * @param batchSize images in an update
 * @param bigBatchSize the same for "Big SR"
 * @param epochs how long it trains
 * @param milestones epochs, counted from 1, each the first one at a tenth of the rate before
 * @param datasetOptions options of the dataset, with the prefix {@code dataset.}
 */
record Task(
    String model,
    String dataset,
    int batchSize,
    int bigBatchSize,
    int epochs,
    List<Integer> milestones,
    Map<String, String> datasetOptions) {
  private static final List<Integer> CIFAR_MILESTONES = List.of(82, 122);
  private static final int CIFAR_EPOCHS = 160;

  /** Copies the lists. */
  Task {
    milestones = List.copyOf(milestones);
    datasetOptions = Map.copyOf(datasetOptions);
  }

  /** Returns a task with the published 160 epochs on CIFAR. */
  static Task published(String model, String dataset, int bigBatchSize) {
    return new Task(model, dataset, 128, bigBatchSize, CIFAR_EPOCHS, CIFAR_MILESTONES, Map.of());
  }

  /** Returns the published ResNet-18 on ImageNet: 90 epochs. */
  static Task imageNet() {
    return new Task("resnet-18", "image-folder", 128, 512, 90, List.of(30, 60), Map.of());
  }

  /** Returns this task with other options of the dataset. */
  Task with(Map<String, String> options) {
    return new Task(model, dataset, batchSize, bigBatchSize, epochs, milestones, options);
  }

  /**
   * Returns this task trained for another number of epochs, its milestones moved in proportion: as
   * large a share of the run comes before each. Those that fall together or on the first epoch are
   * left out.
   */
  Task withEpochs(int count) {
    List<Integer> moved = new ArrayList<>();
    int before = 1;
    for (int milestone : milestones) {
      int there = (int) ((long) count * (milestone - 1) / epochs) + 1;
      if (there > before) {
        moved.add(there);
        before = there;
      }
    }
    return new Task(model, dataset, batchSize, bigBatchSize, count, moved, datasetOptions);
  }

  /** Returns the task's name in file names: {@code resnet-56-cifar-10}. */
  String name() {
    return model + "-" + dataset;
  }

  /** Returns the task's name in texts: {@code resnet-56 on cifar-10}. */
  String label() {
    return model + " on " + dataset;
  }
}
