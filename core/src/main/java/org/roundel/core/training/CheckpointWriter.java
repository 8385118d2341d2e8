package org.roundel.core.training;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.ParameterProgress;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.RunState;
import org.roundel.core.record.TrainingProgress;

/** Writes a run's checkpoints, and knows when the next one is due. Used by one thread. */
final class CheckpointWriter {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MINUTE = 60 * NANOS;

  private final TrainedNet net;
  private final RunRecorder recorder;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final long nanosBetween;
  private long last;

  CheckpointWriter(TrainingSession session, RunRecorder recorder, TrainingListener listener) {
    this.net = session.net();
    this.recorder = recorder;
    this.listener = listener;
    this.nanoTime = session.nanoTime();
    double minutes = session.configuration().get(RunSettings.CHECKPOINT_MINUTES);
    this.nanosBetween = minutes == 0 ? Long.MAX_VALUE : (long) (minutes * NANOS_PER_MINUTE);
    this.last = nanoTime.getAsLong();
  }

  /** Returns the name of the checkpoint of a state. */
  static String name(RunState state) {
    return CheckpointStore.stepName(state.stepsDone());
  }

  /** Returns whether the last checkpoint is older than the run's setting allows. */
  boolean isDue() {
    return nanoTime.getAsLong() - last >= nanosBetween;
  }

  /**
   * Writes a checkpoint of the net as it is now.
   *
   * @param best whether it is that of the lowest error so far
   */
  void write(RunState state, boolean best) throws IOException {
    String name = name(state);
    listener.checkpointStarted(new CheckpointStarted(name));
    long start = nanoTime.getAsLong();
    long bytes =
        net.withShippedWeights(
            state.nextStep(), () -> recorder.save(name, progress(state), net, best));
    last = nanoTime.getAsLong();
    listener.checkpointWritten(new CheckpointWritten(name, bytes, (last - start) / NANOS));
  }

  /** Called when moves are counted to the weights of the coming update. */
  private TrainingProgress progress(RunState state) {
    Map<String, ParameterProgress> quantized = new TreeMap<>();
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.isQuantized()) {
        quantized.put(parameter.name(), parameter.progress());
      }
    }
    return new TrainingProgress(state, recorder.historyLength(), quantized);
  }
}
