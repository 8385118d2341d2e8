package org.roundel.core.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.core.checkpoint.NamedTensor;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.shard.BufferBackup;

/**
 * A model's running statistics while weights are in place that training does not compute with: they
 * are estimated for those weights, and training's own are put back afterwards, to the byte.
 */
final class FittedBuffers {
  private static final long NONE = -1;

  private final Model model;
  private final BufferEstimate estimate;
  private final ComponentCalls calls;
  private final BufferBackup training;
  private final BufferBackup shipped;
  private long shippedStep = NONE;
  private boolean inPlace;

  FittedBuffers(Model model, BufferEstimate estimate, ComponentCalls calls) {
    this.model = model;
    this.estimate = estimate;
    this.calls = calls;
    this.training = new BufferBackup(model.buffers());
    this.shipped = new BufferBackup(model.buffers());
  }

  /** Runs with statistics that fit the weights in place. */
  <T> T around(WeightsAction<T> action) throws IOException {
    return run(NONE, action);
  }

  /**
   * Runs with statistics that fit the shipped weights, which are in place; they are estimated once
   * for each step, although both an evaluation and a checkpoint need them.
   */
  <T> T aroundShipped(long step, WeightsAction<T> action) throws IOException {
    return run(step, action);
  }

  private <T> T run(long step, WeightsAction<T> action) throws IOException {
    if (model.buffers().isEmpty()) {
      return action.run();
    }
    training.save();
    try {
      if (step == NONE || step != shippedStep) {
        estimate.apply(model, calls);
      } else {
        shipped.restore();
      }
      if (step != NONE) {
        shipped.save();
        shippedStep = step;
      }
      inPlace = true;
      return action.run();
    } finally {
      inPlace = false;
      training.restore();
    }
  }

  /** Returns training's own statistics while others are in their place, else nothing. */
  List<NamedTensor> displaced(String prefix) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int index = 0; inPlace && index < model.buffers().size(); index++) {
      Buffer buffer = model.buffers().get(index);
      tensors.add(
          NamedTensor.floats(
              prefix + buffer.name(), training.copy(index), buffer.values().shape()));
    }
    return tensors;
  }
}
