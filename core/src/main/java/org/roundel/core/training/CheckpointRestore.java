package org.roundel.core.training;

import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.net.NetTensors;
import org.roundel.core.net.ParameterProgress;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.record.RunState;
import org.roundel.core.record.TrainingProgress;

/** Brings a run's net to where a checkpoint stands, after checking that the two belong together. */
final class CheckpointRestore {
  private CheckpointRestore() {}

  /**
   * Restores everything that training goes on from.
   *
   * @param progress what the checkpoint says of its position
   * @throws RoundelException if the checkpoint's position is none of this run, or its arrays are
   *     not those of the net
   */
  static void restore(TrainingSession session, Checkpoint checkpoint, TrainingProgress progress) {
    requirePosition(session.trainBatches().batchesPerPass(), checkpoint, progress.state());
    requireQuantized(session, checkpoint, progress);
    new NetTensors(session.net(), session.optimizer().stateArrays())
        .restore(checkpoint, progress.state().stepsDone());
    for (TrainedParameter parameter : session.net().parameters()) {
      ParameterProgress kept = progress.quantized().get(parameter.name());
      if (kept != null) {
        parameter.restore(kept);
      }
    }
  }

  private static void requirePosition(int stepsPerEpoch, Checkpoint from, RunState state) {
    long expected = (state.epoch() - 1L) * stepsPerEpoch + state.stepInEpoch();
    if (state.stepInEpoch() > stepsPerEpoch || state.stepsDone() != expected) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "checkpoint "
              + from.directory()
              + " was not trained with these data: it stands after update "
              + state.stepsDone()
              + " of the run, number "
              + state.stepInEpoch()
              + " of epoch "
              + state.epoch()
              + ", and an epoch has "
              + stepsPerEpoch
              + " updates here. Name the directory of the run's own data by --data-dir");
    }
  }

  private static void requireQuantized(
      TrainingSession session, Checkpoint from, TrainingProgress progress) {
    for (TrainedParameter parameter : session.net().parameters()) {
      if (parameter.isQuantized() && !progress.quantized().containsKey(parameter.name())) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            from.directory().resolve("state.json")
                + " lacks quantized."
                + parameter.name()
                + ". Use another checkpoint of the run");
      }
    }
  }
}
