package org.roundel.bench;

import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** How LibTorch's images and convolution weights lie in memory. */
enum Layout {
  NCHW("nchw", MemoryFormat.Contiguous),
  CHANNELS_LAST("channels-last", MemoryFormat.ChannelsLast);

  private final String label;
  private final MemoryFormat format;

  Layout(String label, MemoryFormat format) {
    this.label = label;
    this.format = format;
  }

  MemoryFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return label;
  }
}
