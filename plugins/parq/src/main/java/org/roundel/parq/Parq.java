package org.roundel.parq;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.training.StateArray;

/**
 * PARQ, piecewise-affine regularized quantization: the net computes with latent weights that are
 * drawn to a grid, not at all at first, then ever more steeply, and at last rounded to it.
 *
 * <p>y ← y − step(∇f(w)), w = map(y) as {@link Annealing} says, on the layer's own grid of {@link
 * LeastSquaresGrid}. The gradient with respect to w updates the latent weight y: the map is the
 * proximal one of a convex regularizer, for which this is a proximal method (AProx); in its limit
 * it is BinaryConnect's. The net is evaluated, as it is used later, with y rounded to the nearest
 * value of the grid, from the middle to the upper one, so sign(0) = +1 with one bit. Latent weights
 * start as the net's own initial values and are not clipped.
 *
 * <p>The grid is fitted to y when training starts and after every tenth update, as in the published
 * code, since it costs a sort; between, its scales are kept as arrays of one number each. NaN stays
 * NaN, and counts as 0 in the fit; an infinite weight counts as the largest float32 number. Never
 * writes −0.
 *
 * <p>Source: Lisa Jin, Jianzhu Ma, Zechun Liu, Andrey Gromov, Aaron Defazio, Lin Xiao, <em>PARQ:
 * Piecewise-Affine Regularized Quantization</em>, 2025. The map, the way of its slope with a
 * steepness of 10, and that weights beyond the grid's ends go to them as soon as annealing begins
 * are those of the published code (torchao). Where annealing starts and ends there is left to the
 * user; here from the first update to nine tenths of the run, so that what is not quantized can
 * settle.
 *
 * <p>When to use it: for 1 to 4 bits without the jumps of a straight-through gradient, from a
 * trained net too; in runs whose length is known. When not to use it: where weights must be on a
 * grid before training ends, as for a run that may be cut short; where all layers must have the
 * same values; or where there is no memory for a float32 copy of the weights while training.
 */
final class Parq implements Quantizer {
  private static final int FIT_PERIOD = 10;

  private final LeastSquaresGrid grid;
  private final Annealing annealing;

  Parq(LeastSquaresGrid grid, Annealing annealing) {
    this.grid = grid;
    this.annealing = annealing;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    List<StateArray> arrays = new ArrayList<>();
    for (int index = 0; index < grid.scales(); index++) {
      arrays.add(StateArray.kept(scaleName(index), StateArray.Extent.ONE));
    }
    return List.copyOf(arrays);
  }

  private static String scaleName(int index) {
    return "scale-" + (index + 1);
  }

  @Override
  public void initializeState(INDArray weights, QuantizationContext context) {
    fit(weights, context);
  }

  private void fit(INDArray weights, QuantizationContext context) {
    float[] fitted = grid.fit(Tensors.floats(weights));
    for (int index = 0; index < fitted.length; index++) {
      Tensors.floats(context.state().values(scaleName(index))).put(0, fitted[index]);
    }
  }

  private float[] levels(QuantizationContext context) {
    float[] fitted = new float[grid.scales()];
    for (int index = 0; index < fitted.length; index++) {
      fitted[index] = Tensors.floats(context.state().values(scaleName(index))).get(0);
    }
    return grid.levels(fitted);
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    float[] levels = levels(context);
    double inverseSlope =
        context.evaluation() ? 0 : annealing.inverseSlope(context.moment().progress());
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          if (inverseSlope == 0) {
            Annealing.round(values, chunk.length(), levels);
          } else if (inverseSlope < 1) {
            Annealing.map(values, chunk.length(), levels, inverseSlope);
          }
          chunk.store(values, target);
        });
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    if (context.moment().step() % FIT_PERIOD == 0) {
      fit(weights, context);
    }
  }

  /** Promises nothing: a weight on its way to the grid moves when it is mapped again. */
  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of();
  }

  @Override
  public int distinctValues() {
    return grid.size();
  }
}
