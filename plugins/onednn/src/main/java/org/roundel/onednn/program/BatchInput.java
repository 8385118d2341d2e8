package org.roundel.onednn.program;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.NoiseSource;

/** What the Java steps of a program read and write beside arrays. */
public final class BatchInput {
  private static final long NONE = -1;

  private int[] labels = new int[0];
  private @Nullable FloatBuffer targets;
  private NoiseSource noise =
      (stream, numbers) -> {
        throw new IllegalStateException("no noise was given");
      };
  private long imagesBefore = NONE;
  private @Nullable FloatBuffer scores;
  private boolean wantsLoss = true;
  private Loss.Outcome outcome = new Loss.Outcome(Double.NaN, 0);

  /** Sets what a run reads. */
  public void set(int[] nextLabels, NoiseSource nextNoise) {
    labels = nextLabels;
    targets = null;
    noise = nextNoise;
    imagesBefore = NONE;
    scores = null;
    wantsLoss = true;
  }

  /**
   * Sets what the loss is made of in place of the labels.
   *
   * @param soft [batch, classes]; null for the labels
   */
  public void setTargets(@Nullable FloatBuffer soft) {
    targets = soft;
  }

  /**
   * Sets what a forward pass writes beside the loss that was asked for.
   *
   * @param wanted [batch, classes]
   */
  public void addScores(FloatBuffer wanted) {
    scores = wanted;
  }

  /**
   * Sets what a forward pass writes that is to give scores instead of a loss.
   *
   * @param wanted [batch, classes]
   */
  public void setForScores(FloatBuffer wanted) {
    scores = wanted;
    wantsLoss = false;
  }

  /** Returns where scores are to be written, null if they are not wanted. */
  public @Nullable FloatBuffer scores() {
    return scores;
  }

  /** Returns whether the loss is wanted. */
  public boolean wantsLoss() {
    return wantsLoss;
  }

  /**
   * Sets what a forward pass reads that estimates running statistics.
   *
   * @param before how many images the statistics are of already
   */
  public void setForEstimate(NoiseSource nextNoise, long before) {
    noise = nextNoise;
    imagesBefore = before;
    scores = null;
    wantsLoss = true;
  }

  /** Returns whether statistics are to be those of all images, not to follow the batch's. */
  public boolean estimates() {
    return imagesBefore != NONE;
  }

  /** Returns how many images the statistics are of already. */
  public long imagesBefore() {
    return imagesBefore;
  }

  /** Returns the class of each image. */
  public int[] labels() {
    return labels;
  }

  /** Returns the targets, null where they are those of the labels. */
  public @Nullable FloatBuffer targets() {
    return targets;
  }

  /** Returns where random numbers come from. */
  public NoiseSource noise() {
    return noise;
  }

  /** Notes what the batch gave. */
  public void record(Loss.Outcome result) {
    outcome = result;
  }

  /** Returns what the last batch gave. */
  public Loss.Outcome outcome() {
    return outcome;
  }
}
