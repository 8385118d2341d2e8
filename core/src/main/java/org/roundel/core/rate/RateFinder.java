package org.roundel.core.rate;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.net.InitialWeights;
import org.roundel.core.net.StepResult;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.rate.RateCurve.End;
import org.roundel.core.training.TrainingSession;
import org.roundel.core.training.TrainingSessions;

/**
 * Trains a net that is thrown away while its learning rate grows from update to update, until its
 * loss rises or the rates are at their end: the range test of Smith, "Cyclical Learning Rates for
 * Training Neural Networks" (2017). There the rate grows by the same amount, here by the same
 * factor, so that it can go through several powers of ten.
 *
 * <p>The updates are those that a run of the same configuration would begin with, but for the rate:
 * schedule and warm-up are left out. The curve is a function of configuration and range, on one
 * machine and one number of threads. Nothing is recorded on disk.
 *
 * <p>It tells what a net bears for a few updates, not what is best over a run; and where weights
 * have few values, less than that: they cannot grow, so the loss need not rise however large the
 * rate, and it is the share of them that moves in an update which limits it.
 */
public final class RateFinder {
  private final TrainingSessions sessions;

  /**
   * Makes one.
   *
   * @param registry where components come from
   * @param clock the time, which no result depends on
   */
  public RateFinder(PluginRegistry registry, Clock clock) {
    this.sessions = new TrainingSessions(registry, clock);
  }

  /**
   * Tries the rates of a range, on the caller's thread.
   *
   * @param configuration what is trained; its learning rate, schedule and warm-up do not matter,
   *     its number of epochs only to methods that change in the course of a run
   * @throws RoundelException if the configuration, the data or a plugin is at fault, or the very
   *     first loss is not finite
   */
  public RateCurve run(RunConfiguration configuration, RateRange range, RateListener listener) {
    return sessions.work(
        sessions.components(configuration),
        configuration,
        session -> run(session, range, listener));
  }

  private static RateCurve run(TrainingSession session, RateRange range, RateListener listener)
      throws IOException {
    List<String> notices = new ArrayList<>(session.notices());
    String initialWeights = session.configuration().get(RunSettings.INITIAL_WEIGHTS);
    notices.addAll(InitialWeights.begin(session.net(), initialWeights));
    listener.started(notices);
    EndlessBatches batches = new EndlessBatches(session.trainBatches());
    RateRecorder recorder = new RateRecorder();
    Moves moves = new Moves(session.net().parameters());
    for (int update = 1; update <= range.updates(); update++) {
      double rate = range.rate(update);
      StepResult result = session.step().apply(batches.next(), update, rate, false);
      if (result.diverged() != null) {
        return notFinite(recorder, result.diverged());
      }
      listener.updated(recorder.add(rate, result.batch().loss(), moves.share()));
      if (recorder.hasRisen()) {
        return recorder.curve(End.LOSS_ROSE);
      }
    }
    return recorder.curve(End.HIGHEST_RATE);
  }

  private static RateCurve notFinite(RateRecorder recorder, String what) {
    if (recorder.isEmpty()) {
      throw new RoundelException(
          ErrorKind.DIVERGED,
          "no learning rate could be tried: before the first update "
              + what
              + ". Look at the images and the weights that training starts from");
    }
    return recorder.curve(End.NOT_FINITE);
  }

  /** A run's batches, pass after pass. */
  private static final class EndlessBatches {
    private final BatchReader reader;
    private int pass;

    EndlessBatches(BatchReader reader) {
      this.reader = reader;
    }

    Batch next() throws IOException {
      @Nullable Batch batch = pass == 0 ? null : reader.next();
      if (batch == null) {
        pass++;
        reader.start(pass, 0);
        batch = reader.next();
      }
      return Objects.requireNonNull(batch, "a pass over the images is empty");
    }
  }

  /** How many quantized weights move. */
  private static final class Moves {
    private final List<TrainedParameter> quantized;
    private final long weights;
    private long before;

    Moves(List<TrainedParameter> parameters) {
      quantized = parameters.stream().filter(TrainedParameter::isQuantized).toList();
      weights = quantized.stream().mapToLong(weight -> weight.netWeights().length()).sum();
    }

    /** Returns the share that has moved since the last call; NaN if none are quantized. */
    double share() {
      long all = quantized.stream().mapToLong(weight -> weight.progress().moves()).sum();
      double share = (double) (all - before) / weights;
      before = all;
      return share;
    }
  }
}
