package org.roundel.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors are. Constants, which the compiler needs to know. */
final class Lanes {
  /** Numbers in a vector: 16 where the processor, as the JVM uses it, has 512 bits, else 8. */
  static final int COUNT = FloatVector.SPECIES_PREFERRED.length() >= 16 ? 16 : 8;

  static final VectorSpecies<Float> SPECIES =
      COUNT == 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_256;

  /** Columns that the matrix product computes at a time. */
  static final int PANEL = 2 * COUNT;

  /** Rows that it computes at a time. */
  static final int ROWS = COUNT == 16 ? WideMultiply.ROWS : 4;

  private Lanes() {}
}
