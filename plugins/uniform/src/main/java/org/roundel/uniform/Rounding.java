package org.roundel.uniform;

/** How a weight between two values of the grid goes to one of them. */
enum Rounding {
  /** To the nearer one, and from the middle to the one with the even index. */
  HALF_EVEN,
  /** To the nearer one, and from the middle to the one farther from 0. */
  HALF_AWAY,
  /** To one of the two at random, so that the mean is the weight. */
  STOCHASTIC
}
