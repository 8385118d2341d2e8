package org.roundel.onednn.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.onednn.CountedThreads;
import org.roundel.onednn.FreshThreads;

class TeamStepTest {
  private static final int PARTS = 3;

  private final CountedThreads openMp = new CountedThreads();

  private TeamStep step(Step... parts) {
    return new TeamStep(List.of(parts), new FreshThreads(PARTS), openMp);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PARTS})
  void everyPartRunsOnceAndAlone(int parts) {
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    Step[] steps = new Step[parts];
    Arrays.setAll(steps, part -> () -> counts.add(openMp.threads()));
    step(steps).run();
    assertThat(counts).hasSize(parts).containsOnly(1);
    assertThat(openMp.threads()).isEqualTo(CountedThreads.AT_FIRST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theCallerGetsWhatAPartThrowsAndItsThreadsBack(int thrower) {
    openMp.setThreads(2);
    Step[] steps = new Step[PARTS];
    Arrays.setAll(steps, part -> () -> {});
    IllegalStateException failure = new IllegalStateException("part " + thrower);
    steps[thrower] =
        () -> {
          throw failure;
        };
    TeamStep step = step(steps);
    assertThatThrownBy(step::run).isSameAs(failure);
    assertThat(openMp.threads()).isEqualTo(2);
  }
}
