package org.roundel.inference;

import java.util.List;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.inference.InferenceFactory;

/** Offers the inference {@code onednn}. */
public final class InferencePlugin implements RoundelPlugin {
  @Override
  public List<InferenceFactory> inferences() {
    return List.of(new OneDnnFactory());
  }
}
