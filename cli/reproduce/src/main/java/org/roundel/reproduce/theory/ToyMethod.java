package org.roundel.reproduce.theory;

/** How the one weight of a {@link ToySimulation} is quantized. */
public enum ToyMethod {
  /** The weight is on the grid, and each step's result is rounded at random: SR. */
  STOCHASTIC_ROUNDING,
  /** A full-precision weight is kept; the gradient is taken at the nearest grid point: BC. */
  BINARY_CONNECT_NEAREST,
  /** A full-precision weight is kept; the gradient is taken at a neighbour drawn at random: BC. */
  BINARY_CONNECT_STOCHASTIC
}
