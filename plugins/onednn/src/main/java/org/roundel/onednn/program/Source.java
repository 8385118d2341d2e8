package org.roundel.onednn.program;

import org.roundel.onednn.memory.Tensor;
import org.roundel.winograd.Loading;

/**
 * What a convolution reads.
 *
 * @param tensor where it lies
 * @param loading what is done to it as it is loaded; only kernels that say so can do anything
 */
public record Source(Tensor tensor, Loading loading) {
  /** What is read as it is. */
  public Source(Tensor tensor) {
    this(tensor, Loading.AS_THEY_ARE);
  }
}
