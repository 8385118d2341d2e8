package org.roundel.core.event;

/** The parts of one update whose time is measured. */
public enum StepPhase {
  /** Waiting for the next batch. */
  DATA,
  /** Computing the net's weights from latent ones. */
  QUANTIZE,
  /** The net's forward and backward pass. */
  GRADIENTS,
  /** Optimizer and what the quantizer does before and after it. */
  UPDATE
}
