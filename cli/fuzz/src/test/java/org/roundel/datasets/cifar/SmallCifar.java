package org.roundel.datasets.cifar;

import java.util.List;

/** CIFAR-10's layout with two images in each of two files, so that a fuzzer can make whole ones. */
final class SmallCifar {
  static final CifarFormat FORMAT =
      new CifarFormat(
          "cifar-10",
          "cifar-10-batches-bin",
          List.of("data_batch_1.bin"),
          "test_batch.bin",
          2,
          2,
          1,
          "batches.meta.txt",
          List.of("cat", "dog"),
          List.of(1., 2., 3.),
          List.of(1., 2., 3.),
          CifarFormat.CIFAR_10.archive());

  private SmallCifar() {}
}
