package org.roundel.core.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;

/**
 * Images that a net is surest and wrong about.
 *
 * @param mistakes the surest first
 * @param shape of every image
 * @param scaling what was done to their pixels before the net saw them; null if nobody knows
 */
public record WrongImages(
    List<Mistake> mistakes, InputShape shape, @Nullable PixelScaling scaling) {
  /** Copies the list. */
  public WrongImages {
    mistakes = List.copyOf(mistakes);
  }
}
