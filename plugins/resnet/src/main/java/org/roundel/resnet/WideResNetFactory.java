package org.roundel.resnet;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.roundel.api.Option;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Dl4jModelFactory;

/**
 * {@code wrn-N-k}: {@code resnet-N} with k times as many channels in the blocks; the stem keeps 16.
 * After Zagoruyko and Komodakis, "Wide Residual Networks" (2016), but of the form 6n + 2 with
 * post-activation blocks that Li et al., "Training Quantized Nets" (2017), use.
 */
public final class WideResNetFactory extends Dl4jModelFactory {
  /** How many times wider than a ResNet. */
  static final Option<Integer> WIDENING =
      Option.integer("widening", 2, 1, 64, "how many times as many channels as resnet-N");

  /** Makes the factory. */
  public WideResNetFactory() {}

  @Override
  public String name() {
    return "wrn";
  }

  @Override
  public String description() {
    return "wide residual net for small images, as in Li et al. 2017: wrn-56-2";
  }

  @Override
  public List<Option<Integer>> nameOptions() {
    return List.of(ResNetFactory.DEPTH, WIDENING);
  }

  @Override
  protected ComputationGraphConfiguration configure(ModelRequest request) {
    int depth = request.options().get(ResNetFactory.DEPTH);
    return ResNetFactory.net(depth, request.options().get(WIDENING), request.classes());
  }
}
