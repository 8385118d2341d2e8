package org.roundel.api.dataset;

/** Which part of a dataset. */
public enum Split {
  /** The images that a net is trained on. */
  TRAIN,
  /** The images that its error is measured on. */
  TEST
}
