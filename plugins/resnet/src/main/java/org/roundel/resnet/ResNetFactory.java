package org.roundel.resnet;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.Option;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/**
 * {@code resnet-N}: the residual nets for small images of He, Zhang, Ren, Sun, "Deep Residual
 * Learning for Image Recognition" (2015), section 4.2. A 3×3 convolution to 16 channels, three
 * stages of (N − 2) / 6 basic blocks with 16, 32 and 64 channels, stride 2 into the second and
 * third, zero-padded identity shortcuts, global average pooling, one linear layer. Any image size
 * works.
 */
public final class ResNetFactory extends Dl4jModelFactory {
  /** How many layers have weights: 6n + 2. */
  static final Option<Integer> DEPTH =
      Option.stepped("depth", 20, 8, 1202, 6, 2, "layers with weights, 6n+2 for n blocks a stage");

  private static final int WIDTH = 16;

  /** Makes the factory. */
  public ResNetFactory() {}

  @Override
  public String name() {
    return "resnet";
  }

  @Override
  public String description() {
    return "residual net for small images (He et al. 2015): resnet-20, -32, -44, -56, -110";
  }

  @Override
  public List<Option<Integer>> nameOptions() {
    return List.of(DEPTH);
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    return net(request.options().get(DEPTH), 1, request.classes());
  }

  /** Returns a net of 6n+2 layers whose blocks have {@code widening} times the usual channels. */
  static ComputationGraphConfiguration net(int depth, int widening, int classes) {
    int blocks = (depth - 2) / 6;
    int width = WIDTH * widening;
    return new ResidualGraph(ResidualGraph.Shortcut.ZERO_PADDED)
        .stem(WIDTH, 3, 1)
        .stage(1, blocks, width, 1)
        .stage(2, blocks, 2 * width, 2)
        .stage(3, blocks, 4 * width, 2)
        .classify(classes);
  }
}
