package org.roundel.reproduce.theory.convex;

/**
 * What one run of descent was measured to do. Arrays have an element for each recorded step.
 *
 * @param steps recorded steps t, ascending
 * @param averageError F(w̄^t) − F(w*), where w̄^t is the mean of w^1, …, w^t: of w_b for SR, of w_r
 *     for BC
 * @param iterateError F(w^t) − F(w*): of w_b for SR, of w_r for BC
 * @param quantizedError F(Q(w^t)) − F(w*), with the very rounding that the step's gradient is
 *     computed at; the same as {@code iterateError} where there is no buffer
 * @param averageRoundedError F(Q_d(w̄^t)) − F(w*): the average on the nearest grid point, what
 *     would ship; not rounded in full precision
 * @param gradientSquare mean ‖∇f̃‖² over the steps since the one recorded before: what G² must not
 *     be below
 * @param meanGradientNorm mean ‖∇f̃‖ over all steps
 * @param tailGradientSum mean Σ|∇f̃_i| over the second half of the steps
 * @param distance the largest ‖w^t − w*‖
 * @param roundingRatio SR: Σ‖r^t‖² over Σ √d·Δ·α_t·‖∇f̃‖, which Lemma 1 says has a mean of at most
 *     1; 0 for other methods
 * @param last the weights after the last step: w_b for SR, w_r for BC
 */
@SuppressWarnings("ArrayRecordComponent")
public record Trajectory(
    long[] steps,
    double[] averageError,
    double[] iterateError,
    double[] quantizedError,
    double[] averageRoundedError,
    double[] gradientSquare,
    double meanGradientNorm,
    double tailGradientSum,
    double distance,
    double roundingRatio,
    double[] last) {}
