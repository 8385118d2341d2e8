package org.roundel.bench;

import org.roundel.bench.LibTorchNet.Convolution;
import org.roundel.bench.LibTorchNet.Linear;
import org.roundel.bench.LibTorchNet.Normalization;

/**
 * What LibTorch's nets are made of. A net is written once; what its operations do, computing or
 * writing a script, is up to these.
 *
 * @param <T> what an operation takes and gives: images of shape [size, channels, height, width], or
 *     rows of numbers of shape [size, channels]
 */
interface Operations<T> {
  T convolution(T input, Convolution layer);

  T linear(T input, Linear layer);

  T normalization(T input, Normalization layer);

  /** Returns max(x, 0); may overwrite its input. */
  T rectifier(T input);

  /** Returns the sum; may overwrite its first input. */
  T sum(T input, T other);

  /** Returns the largest of each window; padding never wins. */
  T maxPooling(T input, int window, int stride, int padding);

  /** Returns each image as one row. */
  T rows(T input);

  /** Returns the mean over each channel's whole image. */
  T mean(T input);

  /** Returns every stride-th pixel, behind them so many channels of zeros. */
  T zeroPadded(T input, int stride, int channels);
}
