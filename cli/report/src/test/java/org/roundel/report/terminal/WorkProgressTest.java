package org.roundel.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final Screen screen = new Screen(60);
  private final AtomicLong now = new AtomicLong();
  private final WorkProgress progress =
      new WorkProgress(
          new StatusLine(
              new PrintStream(screen, true, StandardCharsets.UTF_8), OptionalInt.of(60), now::get),
          now::get);

  @Test
  void foretellsWhatIsLeftFromWhatWasDoneHere() {
    progress.done(1);
    assertThat(screen.lines()).containsExactly("");
    // 40 of 100 were done before; 10 more took 2 s.
    progress.start("reading", 100, 40);
    progress.done(40);
    assertThat(screen.lines()).containsExactly("[========            ]  40%  ETA -  reading");
    now.set(2 * SECOND);
    progress.now("writing");
    progress.done(50);
    assertThat(screen.lines()).containsExactly("[==========          ]  50%  ETA 0:10  writing");
    progress.clear();
    assertThat(screen.lines()).containsExactly("");
    progress.done(100);
    assertThat(screen.lines()).containsExactly("[====================] 100%  ETA 0.0 s  writing");
    progress.close();
    progress.done(100);
    assertThat(screen.lines()).containsExactly("");
  }
}
