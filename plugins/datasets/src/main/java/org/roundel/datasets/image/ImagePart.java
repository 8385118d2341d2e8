package org.roundel.datasets.image;

import java.awt.Rectangle;

/** Says which part of an image is needed, once its size is known. */
@FunctionalInterface
public interface ImagePart {
  /** Everything. */
  ImagePart WHOLE = Rectangle::new;

  /** Returns the part, inside an image of this size. */
  Rectangle of(int width, int height);
}
