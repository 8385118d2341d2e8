package org.roundel.c;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;

/**
 * Weights as {@code roundel_weights}: what multiplies a pixel is −1, 1 or a small number, and a
 * scale multiplies the sum.
 */
final class WeightConstants {
  private static final String NONE = "NULL";

  private final ShippedNet net;
  private final Declarations declarations;

  WeightConstants(ShippedNet net, Declarations declarations) {
    this.net = net;
    this.declarations = declarations;
  }

  /** Returns the initialiser of a structure. */
  String initialiser(String name, @Nullable String bias) {
    NetArray array = net.array(name);
    String summands = bias == null ? NONE : floats(bias);
    Levels levels = array.levels();
    if (levels == null) {
      return String.format(Locale.ROOT, "{NULL, %s, NULL, %s, 32, 0}", floats(name), summands);
    }
    float[] scales = scales(levels);
    boolean ones = scales.length == 1 && scales[0] == 1;
    return String.format(
        Locale.ROOT,
        "{%s, %s, %s, %s, %s, %s}",
        declarations.bytes(words(name), array.packed()),
        isSigns(levels) ? NONE : declarations.floats("levels", factors(levels)),
        ones ? NONE : declarations.floats("scales of " + name, scales),
        summands,
        levels.bits(),
        scales.length == 1 ? 0 : 1);
  }

  /** Returns an array of floats. */
  String floats(String name) {
    return declarations.floats(words(name), net.array(name).values());
  }

  private String words(String name) {
    return name + " " + net.array(name).shape();
  }

  private static boolean isSigns(Levels levels) {
    return Arrays.equals(factors(levels), new float[] {-1, 1});
  }

  /** Returns what pixels are multiplied by. */
  private static float[] factors(Levels levels) {
    if (!levels.isScaled()) {
      return levels.values(0);
    }
    int[] multiples = levels.multiples();
    float[] factors = new float[multiples.length];
    for (int index = 0; index < factors.length; index++) {
      factors[index] = multiples[index];
    }
    return factors;
  }

  private static float[] scales(Levels levels) {
    float[] scales = levels.scales();
    for (int filter = 0; filter < scales.length; filter++) {
      scales[filter] = (float) ((double) scales[filter] / levels.divisor());
    }
    return scales;
  }
}
