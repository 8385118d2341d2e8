package org.roundel.dl4j.net;

import org.jspecify.annotations.Nullable;
import org.roundel.api.model.ParameterRole;

/** What one array of a layer is. */
public enum TensorKind {
  CONVOLUTION_WEIGHT("weight", ParameterRole.CONVOLUTION_WEIGHT),
  LINEAR_WEIGHT("weight", ParameterRole.LINEAR_WEIGHT),
  BIAS("bias", ParameterRole.BIAS),
  SCALE("gamma", ParameterRole.NORMALISATION),
  SHIFT("beta", ParameterRole.NORMALISATION),
  RUNNING_MEAN("running-mean", null),
  RUNNING_VARIANCE("running-variance", null);

  private final String suffix;
  private final @Nullable ParameterRole role;

  TensorKind(String suffix, @Nullable ParameterRole role) {
    this.suffix = suffix;
    this.role = role;
  }

  /** Returns the last part of the array's name; it stands in checkpoints and never changes. */
  public String suffix() {
    return suffix;
  }

  /** Returns the role of a trained array, null for a buffer. */
  public @Nullable ParameterRole role() {
    return role;
  }
}
