package org.roundel.core.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.Evaluation;

/**
 * What a checkpoint's net does on the test images.
 *
 * @param checkpoint the checkpoint's name
 * @param step updates made until then
 * @param test with the net's (quantized) weights
 * @param latentTest with the latent weights; null where none are kept
 * @param notices what the user should know, one line each
 */
public record CheckpointEvaluation(
    String checkpoint,
    long step,
    Evaluation test,
    @Nullable Evaluation latentTest,
    List<String> notices) {
  /** Copies the list. */
  public CheckpointEvaluation {
    notices = List.copyOf(notices);
  }
}
