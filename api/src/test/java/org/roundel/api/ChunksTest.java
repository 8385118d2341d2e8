package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.threads.PassThreads;

class ChunksTest {
  private static final int LENGTH = 11 * Chunks.LENGTH + 17;

  private final int before = PassThreads.count();

  @AfterEach
  void restore() {
    PassThreads.setCount(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyElementIsDoneOnce(int threads) {
    PassThreads.setCount(threads);
    for (int length : new int[] {0, 1, Chunks.LENGTH, Chunks.LENGTH + 1, LENGTH}) {
      FloatBuffer values = FloatBuffer.allocate(length);
      // Often, because a fault in handing chunks out shows only now and then.
      for (int repetition = 1; repetition <= 300; repetition++) {
        Chunks.run(length, chunk -> increment(chunk, values));
        if (repetition % 100 == 0) {
          for (int index = 0; index < length; index++) {
            assertThat(values.get(index)).isEqualTo(repetition);
          }
        }
      }
    }
  }

  private static void increment(Chunk chunk, FloatBuffer values) {
    float[] scratch = chunk.load(0, values);
    for (int index = 0; index < chunk.length(); index++) {
      scratch[index]++;
    }
    chunk.store(scratch, values);
  }

  @Test
  void severalThreadsTakePart() throws InterruptedException {
    PassThreads.setCount(3);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch allThere = new CountDownLatch(3);
    Chunks.run(
        LENGTH,
        chunk -> {
          if (seen.add(Thread.currentThread())) {
            allThere.countDown();
            await(allThere);
          }
        });
    assertThat(seen).hasSize(3).contains(Thread.currentThread());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aSumHasTheSameBytesForAnyNumberOfThreads() {
    FloatBuffer values = FloatBuffer.allocate(LENGTH);
    for (int index = 0; index < LENGTH; index++) {
      values.put(index, (float) Math.sin(index) * (index % 100 == 0 ? 1e6f : 1));
    }
    PassThreads.setCount(1);
    double expected = sum(values);
    double exact = 0;
    for (int index = 0; index < LENGTH; index++) {
      exact += values.get(index);
    }
    // Terms of at most 1e6, 450 of them, so any order is off by less than this.
    assertThat(Math.abs(expected - exact)).isLessThan(1e-4);
    for (int threads = 2; threads <= 5; threads++) {
      PassThreads.setCount(threads);
      for (int repetition = 0; repetition < 50; repetition++) {
        assertThat(sum(values)).isEqualTo(expected);
      }
    }
  }

  private static double sum(FloatBuffer values) {
    return Chunks.sum(
        values.capacity(),
        chunk -> {
          float[] scratch = chunk.load(0, values);
          double sum = 0;
          for (int index = 0; index < chunk.length(); index++) {
            sum += scratch[index];
          }
          return sum;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void throwsWhatAChunkThrowsAndWorksOn(int threads) {
    PassThreads.setCount(threads);
    for (int faulty : new int[] {0, 5, 11}) {
      assertThatThrownBy(
              () ->
                  Chunks.run(
                      LENGTH,
                      chunk -> {
                        if (chunk.start() == faulty * Chunks.LENGTH) {
                          throw new UnsupportedOperationException("chunk " + faulty);
                        }
                      }))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("chunk " + faulty);
      everyElementIsDoneOnce(threads);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void refusesAPassInsideAPass(int threads) {
    PassThreads.setCount(threads);
    assertThatThrownBy(() -> Chunks.run(LENGTH, chunk -> Chunks.run(1, inner -> {})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one after the other");
  }

  @Test
  void passesFromSeveralThreadsAtATimeAreAllDone() throws InterruptedException {
    PassThreads.setCount(3);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] callers = new Thread[4];
    for (int caller = 0; caller < callers.length; caller++) {
      callers[caller] =
          new Thread(
              () -> {
                FloatBuffer values = FloatBuffer.allocate(LENGTH);
                for (int repetition = 0; repetition < 200; repetition++) {
                  Chunks.run(LENGTH, chunk -> increment(chunk, values));
                }
                assertThat(values.get(0)).isEqualTo(200);
                assertThat(values.get(LENGTH - 1)).isEqualTo(200);
              });
      callers[caller].setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      callers[caller].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(failure.get()).isNull();
  }

  @Test
  void threadsEndWhenTheirNumberChanges() throws InterruptedException {
    PassThreads.setCount(3);
    AtomicInteger chunks = new AtomicInteger();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Chunks.run(
        LENGTH,
        chunk -> {
          chunks.incrementAndGet();
          seen.add(Thread.currentThread());
        });
    PassThreads.setCount(1);
    seen.remove(Thread.currentThread());
    for (Thread thread : seen) {
      thread.join();
    }
    assertThat(chunks).hasValue(12);
  }

  @Test
  void refusesNoThreads() {
    assertThatThrownBy(() -> PassThreads.setCount(0)).hasMessage("0 threads; allowed: at least 1");
  }
}
