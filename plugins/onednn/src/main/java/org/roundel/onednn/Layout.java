package org.roundel.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** How images lie in memory between the operations of a program. */
public enum Layout {
  /** The channels of a pixel side by side. */
  CHANNELS_LAST,
  /**
   * Blocks of 8 channels, or 16 with AVX-512, side by side. Needs numbers of channels that are
   * multiples of the block, but for the net's input.
   */
  BLOCKED;

  /** Returns how many channels a block has on this machine. */
  static long block() {
    return wide() ? 16 : 8;
  }

  private static boolean wide() {
    int instructions = dnnl.dnnl_get_effective_cpu_isa();
    return (instructions & dnnl.dnnl_cpu_isa_avx512_core) == dnnl.dnnl_cpu_isa_avx512_core;
  }

  /** Describes a batch of a value. */
  memory.desc describe(long batch, Shape shape) {
    if (shape.row()) {
      return Device.describe(memory.format_tag.ab, batch, shape.channels());
    }
    return Device.describe(tag(), batch, shape.channels(), shape.height(), shape.width());
  }

  private memory.format_tag tag() {
    if (this == CHANNELS_LAST) {
      return memory.format_tag.acdb;
    }
    return wide() ? memory.format_tag.aBcd16b : memory.format_tag.aBcd8b;
  }
}
