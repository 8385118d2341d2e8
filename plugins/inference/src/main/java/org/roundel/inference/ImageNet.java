package org.roundel.inference;

import java.nio.FloatBuffer;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;

/** A net that takes one image of pixels at a time. For one thread at a time. */
final class ImageNet implements AutoCloseable {
  private final ShippedNet net;
  private final OneDnnInference inference;
  private final FloatBuffer image;
  private final FloatBuffer scores;

  ImageNet(ShippedNet net) {
    this.net = net;
    this.inference = new OneDnnInference(net);
    this.image = OneDnnInference.buffer(net.graph().shape(0).size());
    this.scores = OneDnnInference.buffer(net.graph().classes());
  }

  /** Returns the scores of an image, as a new array. */
  float[] scores(float[] pixels) {
    PixelScaling scaling = net.scaling();
    int plane = net.graph().shape(0).height() * net.graph().shape(0).width();
    for (int element = 0; element < pixels.length; element++) {
      float pixel = pixels[element];
      if (!Float.isFinite(pixel)) {
        throw new IllegalArgumentException("value " + element + " of the image is " + pixel);
      }
      image.put(element, scaling == null ? pixel : scaling.apply(element / plane, pixel));
    }
    inference.scores(image, 1, scores);
    float[] result = new float[scores.capacity()];
    scores.get(0, result);
    return result;
  }

  @Override
  public void close() {
    inference.close();
  }
}
