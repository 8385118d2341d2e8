package org.roundel.onednn.net;

/** How convolutions are computed. */
public enum ConvolutionMethod {
  /** By what is known to be the fastest for each. */
  AUTO,
  /** By oneDNN, as sums of products. */
  DIRECT,
  /** By Winograd's minimal filtering wherever that is possible. */
  WINOGRAD
}
