package org.roundel.vgg;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/**
 * {@code vgg-bc}: the net of Courbariaux, Bengio, David, "BinaryConnect" (2015), as Li et al.,
 * "Training Quantized Nets" (2017), use it. Pairs of 3×3 convolutions of 128, 256 and 512 channels,
 * the second of each with max pooling before its batch normalisation and rectifier; two linear
 * layers of 1024 with batch normalisation and rectifier; a linear layer of the classes, here
 * without normalisation. Images of 8×8 or more; the first linear layer's size follows from them.
 */
public final class VggBcFactory extends Dl4jModelFactory {
  /** Makes the factory. */
  public VggBcFactory() {}

  @Override
  public String name() {
    return "vgg-bc";
  }

  @Override
  public String description() {
    return "VGG-like net of the BinaryConnect paper for small images (Courbariaux et al. 2015)";
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return new VggGraph()
        .convolution(128)
        .pooledConvolution(128)
        .convolution(256)
        .pooledConvolution(256)
        .convolution(512)
        .pooledConvolution(512)
        .linear(1024)
        .linear(1024)
        .classify(request.classes());
  }
}
