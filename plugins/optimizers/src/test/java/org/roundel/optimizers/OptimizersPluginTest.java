package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;

/** Which optimizer a name stands for. */
class OptimizersPluginTest {
  @Test
  void eachNameIsThatOfItsOptimizer() {
    assertThat(new OptimizersPlugin().optimizers())
        .extracting(ComponentFactory::name)
        .containsExactly("sgd", "nesterov", "adam", "adamw");
  }

  @Test
  void adamwIsTheOneWhoseDecayIsDecoupled() {
    AdamFactory adam = new AdamFactory(false);
    AdamFactory adamw = new AdamFactory(true);
    assertThat(adam.name()).isEqualTo("adam");
    assertThat(adam.description()).doesNotContain("AdamW");
    assertThat(adam.options()).contains(WeightDecay.PENALTY);
    assertThat(adamw.name()).isEqualTo("adamw");
    assertThat(adamw.description()).contains("AdamW");
    assertThat(adamw.options()).doesNotContain(WeightDecay.PENALTY);
  }

  @Test
  void withoutMomentumSgdKeepsNothing() {
    assertThat(sgd(Map.of()).stateArrays()).isEmpty();
    assertThat(sgd(Map.of("momentum", "0.9")).stateArrays()).hasSize(1);
  }

  private static Optimizer sgd(Map<String, String> values) {
    OptimizerFactory factory = new SgdFactory();
    return factory.create(Options.of(factory.options(), values));
  }
}
