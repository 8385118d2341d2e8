package org.roundel.datasets.fashion;

import java.io.IOException;
import org.roundel.api.dataset.Split;

/**
 * One of the four files of Fashion-MNIST.
 *
 * @param images whether it has the images of its split, else their labels
 * @param count how many of them
 */
record IdxPart(Split split, boolean images, int count) {
  String fileName() {
    return (split == Split.TRAIN ? "train-" : "t10k-")
        + (images ? "images-idx3-ubyte" : "labels-idx1-ubyte");
  }

  /** Returns how many bytes all of its records have. */
  long most() {
    return count * (images ? (long) FashionMnist.SHAPE.length() : 1L);
  }

  byte[] read(IdxFile file, int keep) throws IOException {
    return images
        ? file.images(count, keep)
        : file.labels(count, keep, FashionMnist.CLASS_NAMES.size());
  }

  /** Returns the SHA-256 of the official file's content, unpacked. */
  String officialContent() {
    return switch (fileName()) {
      case "train-images-idx3-ubyte" ->
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888";
      case "train-labels-idx1-ubyte" ->
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9";
      case "t10k-images-idx3-ubyte" ->
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b";
      default -> "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34";
    };
  }
}
