package org.roundel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.roundel.api.Options;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.schedule.LearningRateScheduleSubject;

class RuleRunnerTest {
  private static final LearningRateScheduleSubject SUBJECT =
      new LearningRateScheduleSubject(new Factory(), Map.of());

  private static final class Factory implements LearningRateScheduleFactory {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public String description() {
      return "always the same";
    }

    @Override
    public LearningRateSchedule create(Options options) {
      return (baseRate, position) -> baseRate;
    }
  }

  private final ClassLoader loader = new ClassLoader("plugin", null) {};

  @Test
  void aRuleThatHangsIsBrokenAndItsThreadIsToldToEnd() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Rule<LearningRateScheduleSubject> hanging =
        new Rule<>(
            "hangs",
            false,
            subject -> {
              try {
                never.await();
              } catch (InterruptedException told) {
                interrupted.countDown();
              }
            });
    RuleRunner runner = new RuleRunner(loader, Duration.ofMillis(50));
    assertThat(runner.check(hanging, SUBJECT))
        .hasMessageStartingWith("found no end after 50 ms, in ")
        .hasMessageEndingWith("with default options");
    interrupted.await();
  }

  @Test
  void aRuleRunsWithThePluginsClassLoaderOnADaemonThread() throws InterruptedException {
    AtomicReference<Thread> seen = new AtomicReference<>();
    AtomicReference<ClassLoader> context = new AtomicReference<>();
    Rule<LearningRateScheduleSubject> looking =
        new Rule<>(
            "looks",
            false,
            subject -> {
              seen.set(Thread.currentThread());
              context.set(Thread.currentThread().getContextClassLoader());
            });
    assertThat(new RuleRunner(loader, Duration.ofMinutes(1)).check(looking, SUBJECT)).isNull();
    assertThat(seen.get().isDaemon()).isTrue();
    assertThat(context.get()).isSameAs(loader);
  }

  @Test
  void whatARuleThrowsIsHandedOn() throws InterruptedException {
    Rule<LearningRateScheduleSubject> failing =
        new Rule<>(
            "fails",
            false,
            subject -> {
              throw new ArithmeticException("one half of nothing");
            });
    assertThat(new RuleRunner(loader, Duration.ofMinutes(1)).check(failing, SUBJECT))
        .hasMessageContaining("one half of nothing");
  }
}
