package org.roundel.kit.probe;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roundel.api.Tensors;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArrays;

/** What a component's state arrays and their gradients held at one time. */
public final class StateCopy {
  private final List<float[]> values = new ArrayList<>();
  private final List<float[]> learned = new ArrayList<>();
  private final List<float[]> gradients = new ArrayList<>();

  private StateCopy() {}

  public static StateCopy of(StateArrays state) {
    StateCopy copy = new StateCopy();
    for (StateArray array : state.declared()) {
      float[] values = copy(Tensors.floats(state.values(array.name())));
      copy.values.add(values);
      if (array.learned()) {
        copy.learned.add(values);
        copy.gradients.add(copy(Tensors.floats(state.gradient(array.name()))));
      }
    }
    return copy;
  }

  /** Writes the values into other arrays of the same component and parameter. */
  public void restore(StateArrays state) {
    for (int index = 0; index < values.size(); index++) {
      Tensors.floats(state.values(state.declared().get(index).name())).put(values.get(index));
    }
  }

  /** Writes a number into every element of the gradients. */
  public static void fillGradients(StateArrays state, float number) {
    for (StateArray array : state.declared()) {
      if (array.learned()) {
        state.gradient(array.name()).assign(number);
      }
    }
  }

  public List<float[]> values() {
    return values;
  }

  public List<float[]> gradients() {
    return gradients;
  }

  public boolean sameValues(StateCopy other) {
    return same(values, other.values);
  }

  /** Returns whether the arrays that the optimizer updates hold the same. */
  public boolean sameLearnedValues(StateCopy other) {
    return same(learned, other.learned);
  }

  public boolean sameGradients(StateCopy other) {
    return same(gradients, other.gradients);
  }

  private static boolean same(List<float[]> some, List<float[]> others) {
    for (int index = 0; index < some.size(); index++) {
      if (!Arrays.equals(
          GuardedTensor.bits(some.get(index)), GuardedTensor.bits(others.get(index)))) {
        return false;
      }
    }
    return some.size() == others.size();
  }

  private static float[] copy(FloatBuffer numbers) {
    float[] copy = new float[numbers.remaining()];
    numbers.get(copy);
    return copy;
  }
}
