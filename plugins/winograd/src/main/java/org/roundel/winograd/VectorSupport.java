package org.roundel.winograd;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether this JVM can run these kernels fast. Safe for several threads. */
public final class VectorSupport {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorSupport() {}

  /** In a class of its own: without the module it could not be loaded. */
  private static final class Width {
    private static final int LANES = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.length();
  }

  /** Returns why the kernels cannot be used, null if they can. */
  public static @Nullable String problem() {
    if (!optimized()) {
      return "the JVM's optimizing compiler is off";
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the JVM runs without the module " + MODULE + " (--add-modules " + MODULE + ")";
    }
    // Others have the module and interpret it, a hundred times slower.
    String machine = System.getProperty("java.vm.name", "");
    if (!machine.contains("HotSpot") && !machine.contains("OpenJDK")) {
      return String.format(Locale.ROOT, "the JVM is %s, not HotSpot", machine);
    }
    if (Width.LANES < 8) {
      return String.format(
          Locale.ROOT, "vectors are of %d bits, 256 needed", Width.LANES * Float.SIZE);
    }
    return null;
  }

  /** Returns whether the JVM's optimizing compiler works, which only its user turns off. */
  public static boolean optimized() {
    // So the JVM calls itself where only its first compiler works, or none.
    String mode = System.getProperty("java.vm.info", "");
    return !mode.contains("emulated-client") && !mode.contains("interpreted");
  }

  /**
   * Returns how many numbers a vector has: numbers of channels must be multiples of twice that.
   *
   * @throws IllegalStateException if there is a {@link #problem}
   */
  public static int lanes() {
    String problem = problem();
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
    return Lanes.COUNT;
  }
}
