package org.roundel.kit.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.RuleViolation;

/**
 * Checks a model's gradient against central differences of its own loss, along the gradient itself
 * in one role's parameters w: with d = g / |g|,
 *
 * <pre>  D(h) = (F(w + h d) − F(w − h d)) / 2h   must be   g · d = |g|.  </pre>
 *
 * <p>The bound has two parts. Twice D(2h) − D(h) estimates what the step's length costs: for a
 * smooth loss D(h) is off by a third of the difference; rectifiers and maxima that switch within
 * the step add an error that grows with h. Rounding: a float32 dot product of K terms through L
 * layers is off by about √(K·L)·2^−24 of its value (Higham and Mary, "A New Approach to
 * Probabilistic Rounding Error Analysis", 2019); K·L is at most 2^14 in the nets tested, so the
 * loss is off by 2^−17 of its own size, and D(h) by that over h. A bound above 5 % of |g| could not
 * tell right from wrong, and fails.
 */
final class ModelGradient {
  /** How much the loss is to change along the step. */
  private static final double CHANGE = 0.002;

  private static final double ROUNDING = 0x1p-17;

  private final Model model;
  private final Batch batch;
  private final RandomSource random;
  private final List<FloatBuffer> values = new ArrayList<>();
  private final List<float[]> start = new ArrayList<>();
  private final List<float[]> direction = new ArrayList<>();
  private double norm;

  private ModelGradient(Model model, ParameterRole role, Batch batch, RandomSource random) {
    this.model = model;
    this.batch = batch;
    this.random = random;
    for (Parameter parameter : model.parameters()) {
      if (parameter.role() == role) {
        FloatBuffer numbers = Tensors.floats(parameter.values());
        values.add(numbers);
        start.add(copy(numbers));
        direction.add(copy(Tensors.floats(parameter.gradient())));
      }
    }
    double squares = 0;
    for (float[] gradient : direction) {
      for (float value : gradient) {
        squares += (double) value * value;
      }
    }
    norm = Math.sqrt(squares);
  }

  /** Checks the gradients of every role's parameters in turn. */
  static void check(Model model, Batch batch, RandomSource random) {
    Set<ParameterRole> roles = EnumSet.noneOf(ParameterRole.class);
    for (Parameter parameter : model.parameters()) {
      roles.add(parameter.role());
    }
    for (ParameterRole role : roles) {
      check(model, role, batch, random);
    }
  }

  private static void check(Model model, ParameterRole role, Batch batch, RandomSource random) {
    double loss = model.computeGradients(batch, random).loss();
    ModelGradient gradient = new ModelGradient(model, role, batch, random);
    if (!(gradient.norm > 0 && gradient.norm < Double.POSITIVE_INFINITY)) {
      throw RuleViolation.of(
          "a gradient of length " + gradient.norm + " for " + role, "a positive, finite length");
    }
    double step = CHANGE / gradient.norm;
    double difference = gradient.difference(step);
    double length = Math.abs(gradient.difference(2 * step) - difference);
    double bound = 2 * length + ROUNDING * (1 + loss) / step;
    if (!(bound < 0.05 * gradient.norm)) {
      throw RuleViolation.of(
          "a loss too rough to check the gradient of " + role + " by differences, to " + bound,
          "less than 5 % of its length, which is " + gradient.norm);
    }
    if (!(Math.abs(difference - gradient.norm) <= bound)) {
      throw RuleViolation.of(
          "a central difference of " + difference + " along the gradient of " + role,
          "the gradient's length " + gradient.norm + " to within " + bound);
    }
    gradient.move(0);
  }

  private double difference(double step) {
    move(step);
    double above = model.computeGradients(batch, random).loss();
    move(-step);
    double below = model.computeGradients(batch, random).loss();
    return (above - below) / (2 * step);
  }

  /** Sets the values to where they started plus a step along the gradient. */
  private void move(double step) {
    for (int index = 0; index < values.size(); index++) {
      float[] from = start.get(index);
      float[] along = direction.get(index);
      for (int element = 0; element < from.length; element++) {
        values.get(index).put(element, (float) (from[element] + step * along[element] / norm));
      }
    }
  }

  private static float[] copy(FloatBuffer numbers) {
    float[] copy = new float[numbers.remaining()];
    numbers.duplicate().get(copy);
    return copy;
  }
}
