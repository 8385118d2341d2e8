package org.roundel.resnet;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/**
 * {@code resnet-18}: the 18-layer ImageNet net of He, Zhang, Ren, Sun, "Deep Residual Learning for
 * Image Recognition" (2015), table 1. A 7×7 convolution of stride 2, 3×3 max pooling of stride 2,
 * four stages of two basic blocks with 64 to 512 channels, 1×1 convolutions with batch
 * normalisation as shortcuts, global average pooling, one linear layer.
 *
 * <p>Made for 224×224. Every size runs; it shrinks the image 32-fold, so from 32×32 down the last
 * stage sees a single pixel: {@code resnet-20} suits small images better.
 */
public final class ResNet18Factory extends Dl4jModelFactory {
  /** Makes the factory. */
  public ResNet18Factory() {}

  @Override
  public String name() {
    return "resnet-18";
  }

  @Override
  public String description() {
    return "residual net with 18 layers for ImageNet (He et al. 2015), images of 224x224";
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return new ResidualGraph(ResidualGraph.Shortcut.CONVOLUTION)
        .stem(64, 7, 2)
        .maxPooling(3, 2, 1)
        .stage(1, 2, 64, 1)
        .stage(2, 2, 128, 2)
        .stage(3, 2, 256, 2)
        .stage(4, 2, 512, 2)
        .classify(request.classes());
  }
}
