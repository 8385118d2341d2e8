package org.roundel.swalp;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArray;

/**
 * SWALP, stochastic weight averaging in low-precision training: the net is trained with weights
 * that only ever hold values of a grid, and ships their average.
 *
 * <p>w ← Q_s(w − step(∇f(w))), with stochastic rounding to the grid. From the share
 * <em>start-at</em> of the run on, every <em>cycle</em> updates, the average takes in the weights:
 * w̄ ← w̄ + (w − w̄)/(m + 1), where m counts those that it has taken in. Averaging takes away most
 * of the noise that rounding adds, while the learning rate stays as high as the grid needs.
 *
 * <p>The net is evaluated, as it is used later, with w̄, rounded half away from zero to the
 * multiples of <em>average-delta</em> within the grid's range unless that is 0; with w in its place
 * as long as there is no average. The latent weights are the low-precision w: the latent error that
 * a run reports is theirs, and shows what averaging gained. In the first step w is the net's own
 * initial values, rounded.
 *
 * <p>Counts are exact up to 2^24 averaged updates; beyond, the newest weights count a little more.
 *
 * <p>Source: Guandao Yang, Tianyi Zhang, Polina Kirichenko, Junwen Bai, Andrew Gordon Wilson,
 * Christopher De Sa, <em>SWALP: Stochastic Weight Averaging in Low-Precision Training</em>, ICML
 * 2019. There gradients, activations and momentum are quantized too, by block floating point; here
 * only weights are.
 *
 * <p>When to use it: to train in few bits, 8 in the paper, what may ship in a few more; a delta of
 * 1/128 from −1 to 1 comes nearest to that. When not to use it: where the net that ships must have
 * the training grid's values; or on a coarse grid, the binary one first, where the average is far
 * from all that was trained with.
 */
final class Swalp implements Quantizer {
  private static final String AVERAGE = "average";
  private static final String COUNT = "count";

  private final Grid grid;
  private final @Nullable Grid shipped;
  private final int cycle;
  private final double startAt;

  /**
   * Makes a quantizer.
   *
   * @param shipped what the net's weights are rounded to when it is evaluated; null to leave them
   */
  Swalp(Grid grid, @Nullable Grid shipped, int cycle, double startAt) {
    this.grid = grid;
    this.shipped = shipped;
    this.cycle = cycle;
    this.startAt = startAt;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(
        StateArray.kept(AVERAGE, StateArray.Extent.WEIGHTS),
        StateArray.kept(COUNT, StateArray.Extent.ONE));
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    grid.stochastic(weights, weights, context.random());
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    if (!context.evaluation()) {
      copy(latent, weights);
      return;
    }
    boolean averaged = Tensors.floats(context.state().values(COUNT)).get(0) > 0;
    INDArray source = averaged ? context.state().values(AVERAGE) : latent;
    if (shipped == null) {
      copy(source, weights);
    } else {
      shipped.nearest(source, weights);
    }
  }

  private static void copy(INDArray from, INDArray to) {
    FloatBuffer source = Tensors.floats(from);
    FloatBuffer target = Tensors.floats(to);
    Chunks.run(source.capacity(), chunk -> chunk.store(chunk.load(0, source), target));
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    grid.stochastic(weights, weights, context.random());
    // Before the first update there is nothing to average, though weights may come from elsewhere.
    Moment now = context.moment();
    if (now.step() > 0 && now.step() % cycle == 0 && now.progress() >= startAt) {
      takeIn(weights, context);
    }
  }

  private static void takeIn(INDArray weights, QuantizationContext context) {
    FloatBuffer iterate = Tensors.floats(weights);
    FloatBuffer average = Tensors.floats(context.state().values(AVERAGE));
    FloatBuffer count = Tensors.floats(context.state().values(COUNT));
    float counted = count.get(0) + 1;
    Chunks.run(
        iterate.capacity(),
        chunk -> {
          float[] values = chunk.load(0, iterate);
          float[] means = chunk.load(1, average);
          for (int index = 0; index < chunk.length(); index++) {
            double mean = means[index];
            means[index] = (float) (mean + (values[index] - mean) / counted);
          }
          chunk.store(means, average);
        });
    count.put(0, counted);
  }

  @Override
  public int distinctValues() {
    return shipped == null ? 0 : shipped.levels().length;
  }
}
