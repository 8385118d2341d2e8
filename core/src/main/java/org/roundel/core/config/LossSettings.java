package org.roundel.core.config;

import org.roundel.api.Option;

/** Those of a run's settings that say what its loss goes by, and how far a gradient may go. */
public final class LossSettings {
  /** The norm that a gradient is scaled down to. */
  public static final Option<Double> CLIP_NORM =
      Option.real(
          "clip-norm",
          0,
          0,
          1e9,
          "gradients of all parameters together are scaled down to this Euclidean norm where"
              + " theirs is larger; 0 for never");

  /** How much of a label's probability goes to all classes alike. */
  public static final Option<Double> LABEL_SMOOTHING =
      Option.real(
          "label-smoothing",
          0,
          0,
          0.99,
          "the share of a label's probability that all classes get alike, in the loss that is trained");

  /** A run whose net teaches this one. */
  public static final Option<String> TEACHER =
      Option.text("teacher", "", "learn from the net of this run directory; else from the labels");

  /** How much of the loss goes by the teacher. */
  public static final Option<Double> TEACHER_SHARE =
      Option.positive(
          "teacher-share",
          1,
          1,
          "the teacher's share of what the loss goes by; labels have the rest");

  private LossSettings() {}
}
