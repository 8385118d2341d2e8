package org.roundel.core.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint's net does on the test images.
 *
 * @param checkpoint the checkpoint's name
 * @param step updates made until then
 * @param test with the net's (quantized) weights
 * @param latentTest with the latent weights; null where none are kept
 * @param wrong what the net that ships is surest and wrong about
 * @param warnings newer checkpoints that are damaged, one line each
 * @param notices what else the user should know, one line each
 */
public record CheckpointEvaluation(
    String checkpoint,
    long step,
    TestScores test,
    @Nullable TestScores latentTest,
    WrongImages wrong,
    List<String> warnings,
    List<String> notices) {
  /** Copies the lists. */
  public CheckpointEvaluation {
    warnings = List.copyOf(warnings);
    notices = List.copyOf(notices);
  }
}
