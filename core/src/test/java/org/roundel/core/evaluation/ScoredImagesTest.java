package org.roundel.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoredImagesTest {
  @Test
  void countsAsTrainingDoes() {
    ScoredImages scored = new ScoredImages(List.of("a", "b", "c"));
    scored.add(new float[] {1000, 1001, 1001}, 1);
    scored.add(new float[] {1000, 1001, 1001}, 2);
    assertThat(scored.classes().confusion().images()).isEqualTo(2);
    assertThat(scored.classes().confusion().error()).isEqualTo(0.5);
    assertThat(scored.loss(true).orElseThrow())
        .isCloseTo(Math.log(2 + Math.exp(-1)), within(1e-12));
    assertThat(scored.loss(false)).isEmpty();
  }

  @Test
  void aScoreThatIsNoNumberIsWrong() {
    ScoredImages scored = new ScoredImages(List.of("a", "b"));
    scored.add(new float[] {Float.NaN, 1}, 0);
    assertThat(scored.classes().confusion().error()).isEqualTo(1);
  }
}
