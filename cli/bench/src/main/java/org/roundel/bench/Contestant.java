package org.roundel.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Who can race. */
enum Contestant {
  ROUNDEL("roundel", ""),
  /** Without convolutions of Roundel's own. */
  ROUNDEL_DIRECT("roundel-direct", "convolution=direct"),
  /** On Deeplearning4j's kernels. */
  ROUNDEL_DL4J("roundel-dl4j", "engine=dl4j"),
  LIBTORCH_NCHW("libtorch-nchw", Layout.NCHW, false),
  LIBTORCH_CHANNELS_LAST("libtorch-channels-last", Layout.CHANNELS_LAST, false),
  /** Compiled by LibTorch, for inference only. */
  LIBTORCH_FROZEN_NCHW("libtorch-frozen-nchw", Layout.NCHW, true),
  LIBTORCH_FROZEN_CHANNELS_LAST("libtorch-frozen-channels-last", Layout.CHANNELS_LAST, true);

  private final String label;
  private final String option;
  private final Layout layout;
  private final boolean libTorch;
  private final boolean frozen;

  /** One of Roundel's: an option of the model, with its value. */
  Contestant(String label, String option) {
    this(label, option, Layout.NCHW, false, false);
  }

  /** One of LibTorch's. */
  Contestant(String label, Layout layout, boolean frozen) {
    this(label, "", layout, true, frozen);
  }

  Contestant(String label, String option, Layout layout, boolean libTorch, boolean frozen) {
    this.label = label;
    this.option = option;
    this.layout = layout;
    this.libTorch = libTorch;
    this.frozen = frozen;
  }

  /** Returns the one that a user's word means. */
  static Contestant of(String word) {
    for (Contestant contestant : values()) {
      if (contestant.label.equals(word)) {
        return contestant;
      }
    }
    throw new CommandLine.TypeConversionException(
        "there is no side '" + word + "'; allowed: " + Arrays.toString(values()));
  }

  /** Returns who races where nothing else is said. */
  static List<Contestant> usual(boolean inference) {
    return Arrays.stream(values())
        .filter(contestant -> contestant != ROUNDEL_DL4J && (inference || !contestant.frozen))
        .toList();
  }

  /** Returns the model's options, where they differ from the default. */
  Map<String, String> options() {
    if (option.isEmpty()) {
      return Map.of();
    }
    int equals = option.indexOf('=');
    return Map.of(option.substring(0, equals), option.substring(equals + 1));
  }

  /** Returns how LibTorch's images lie in memory. */
  Layout layout() {
    return layout;
  }

  boolean isLibTorch() {
    return libTorch;
  }

  /** Returns whether it can only run a net, not train it. */
  boolean isFrozen() {
    return frozen;
  }

  @Override
  public String toString() {
    return label;
  }
}
