package org.roundel.vgg;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/**
 * {@code vgg-9}: the net of Li et al., "Training Quantized Nets: A Deeper Understanding" (2017).
 * 3×3 convolutions with batch normalisation and rectifier of 64, 64, pool, 128, 128, pool, 256,
 * 256, 256, pool; a linear layer of 256 with batch normalisation and rectifier; a linear layer of
 * the classes. Images of 8×8 or more; the first linear layer's size follows from them.
 */
public final class Vgg9Factory extends Dl4jModelFactory {
  /** Makes the factory. */
  public Vgg9Factory() {}

  @Override
  public String name() {
    return "vgg-9";
  }

  @Override
  public String description() {
    return "VGG-like net with 9 layers for small images (Li et al. 2017)";
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return new VggGraph()
        .convolution(64)
        .convolution(64)
        .pool()
        .convolution(128)
        .convolution(128)
        .pool()
        .convolution(256)
        .convolution(256)
        .convolution(256)
        .pool()
        .linear(256)
        .classify(request.classes());
  }
}
