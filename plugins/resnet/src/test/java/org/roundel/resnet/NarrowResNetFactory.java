package org.roundel.resnet;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/** ResNet-18's form with few channels: its own 11 million weights would make tests slow. */
final class NarrowResNetFactory extends Dl4jModelFactory {
  @Override
  public String name() {
    return "narrow-resnet";
  }

  @Override
  public String description() {
    return "ResNet-18 with two stages and few channels.";
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return new ResidualGraph(ResidualGraph.Shortcut.CONVOLUTION)
        .stem(8, 7, 2)
        .maxPooling(3, 2, 1)
        .stage(1, 1, 8, 1)
        .stage(2, 2, 16, 2)
        .classify(request.classes());
  }
}
