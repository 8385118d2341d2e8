package org.roundel.onednn.operation;

import org.bytedeco.dnnl.global.dnnl;

/** How a pooling window becomes one number. */
public enum PoolingMethod {
  /** The largest number; padding never is. */
  MAXIMUM(dnnl.dnnl_pooling_max),
  /** The mean over the part of the window that lies in the image. */
  AVERAGE(dnnl.dnnl_pooling_avg_exclude_padding),
  /** The mean over the whole window, padding counted as zeros. */
  AVERAGE_WITH_PADDING(dnnl.dnnl_pooling_avg_include_padding);

  private final int algorithm;

  PoolingMethod(int algorithm) {
    this.algorithm = algorithm;
  }

  /** Returns what it is in a word. */
  String kind() {
    return this == MAXIMUM ? "max-pooling" : "average-pooling";
  }

  /** Returns oneDNN's algorithm. */
  int algorithm() {
    return algorithm;
  }
}
