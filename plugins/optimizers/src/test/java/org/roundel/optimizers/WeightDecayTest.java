package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.Options;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Which parameters decay. Under the gradient 0 nothing moves a weight but its decay. */
class WeightDecayTest {
  private static final float START = 3f;

  static List<Arguments> optimizers() {
    return List.of(
        arguments(new SgdFactory(), Map.of()),
        arguments(new SgdFactory(), Map.of("momentum", "0.9")),
        arguments(new NesterovFactory(), Map.of()),
        arguments(new AdamFactory(false), Map.of()),
        arguments(new AdamFactory(true), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyParameterDecaysByDefault(OptimizerFactory factory, Map<String, String> options) {
    Optimizer optimizer = create(factory, options, "");
    for (ParameterRole role : ParameterRole.values()) {
      assertThat(Trajectory.withoutGradient(optimizer, role, START, 0.25))
          .as("%s", role)
          .isLessThan(START);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void onlyWeightsOfConvolutionsAndLinearLayersDecayIfAsked(
      OptimizerFactory factory, Map<String, String> options) {
    Optimizer all = create(factory, options, "all");
    Optimizer weights = create(factory, options, "weights");
    for (ParameterRole role : ParameterRole.values()) {
      boolean decays =
          role == ParameterRole.CONVOLUTION_WEIGHT || role == ParameterRole.LINEAR_WEIGHT;
      assertThat(Trajectory.withoutGradient(weights, role, START, 0.25))
          .as("%s", role)
          .isEqualTo(decays ? Trajectory.withoutGradient(all, role, START, 0.25) : START);
    }
  }

  private static Optimizer create(
      OptimizerFactory factory, Map<String, String> options, String decay) {
    Map<String, String> given = new HashMap<>(options);
    given.put("weight-decay", "0.5");
    if (!decay.isEmpty()) {
      given.put("decay", decay);
    }
    return factory.create(Options.of(factory.options(), given));
  }
}
