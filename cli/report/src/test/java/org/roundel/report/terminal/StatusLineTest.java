package org.roundel.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTest {
  private static final long QUARTER = 250_000_000L;

  private final Screen screen = new Screen(20);
  private final PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
  private final AtomicLong now = new AtomicLong();
  private final StatusLine line = new StatusLine(stream, OptionalInt.of(20), now::get);
  private final PrintStream others =
      new PrintStream(new BufferedOutputStream(line.above(screen)), true, StandardCharsets.UTF_8);

  @Test
  void isReplacedFourTimesASecondAtMost() {
    line.draw(columns -> "one");
    now.set(QUARTER - 1);
    AtomicInteger asked = new AtomicInteger();
    line.draw(columns -> "two" + asked.incrementAndGet());
    assertThat(screen.lines()).containsExactly("one");
    assertThat(asked).hasValue(0);
    now.set(QUARTER);
    line.draw(columns -> "3");
    assertThat(screen.lines()).containsExactly("3");
    line.drawNow(columns -> "four");
    assertThat(screen.lines()).containsExactly("four");
    line.clear();
    assertThat(screen.lines()).containsExactly("");
    line.draw(columns -> "five");
    assertThat(screen.lines()).containsExactly("five");
  }

  @Test
  void whatOthersPrintAppearsAbove() {
    line.draw(columns -> "half way");
    others.println("WARN  a long warning of a log");
    assertThat(screen.lines()).containsExactly("WARN  a long warning", " of a log", "half way");
    others.println("ok");
    now.set(QUARTER);
    line.draw(columns -> "done");
    assertThat(screen.lines()).containsExactly("WARN  a long warning", " of a log", "ok", "done");
    line.clear();
    others.println("end");
    assertThat(screen.lines())
        .containsExactly("WARN  a long warning", " of a log", "ok", "end", "");
  }

  @Test
  void waitsUntilTheLineOfAnotherIsWhole() {
    line.draw(columns -> "one");
    others.print("left");
    now.set(QUARTER);
    line.draw(columns -> "two");
    assertThat(screen.lines()).containsExactly("left");
    others.println(" right");
    assertThat(screen.lines()).containsExactly("left right", "two");
    others.print("left");
    line.clear();
    others.println(" right");
    assertThat(screen.lines()).containsExactly("left right", "left right", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 19, 20, 21, 40})
  void neverWrapsWithTheEchoOfControlC(int columns) {
    Screen narrow = new Screen(columns);
    StatusLine status =
        new StatusLine(
            new PrintStream(narrow, true, StandardCharsets.UTF_8),
            OptionalInt.of(columns),
            now::get);
    status.drawNow(room -> "x".repeat(100));
    if (columns > 3) {
      assertThat(narrow.lines()).containsExactly("x".repeat(columns - 3));
      narrow.writeBytes("^C".getBytes(StandardCharsets.UTF_8));
      assertThat(narrow.lines()).containsExactly("x".repeat(columns - 3) + "^C");
    }
    status.clear();
    assertThat(narrow.lines()).containsExactly("");
  }

  @Test
  void countsTwoColumnsForWideCharactersAndCutsNoneInHalf() {
    assertThat(StatusLine.cut("größer", 4)).isEqualTo("größ");
    assertThat(StatusLine.cut("数据集", 6)).isEqualTo("数据集");
    assertThat(StatusLine.cut("数据集", 5)).isEqualTo("数据");
    assertThat(StatusLine.cut("a\uD83D\uDE00b", 2)).isEqualTo("a");
    assertThat(StatusLine.cut("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00");
  }

  @Test
  void isNothingWhereThereIsNoTerminal() {
    StatusLine none = new StatusLine(stream, OptionalInt.empty(), now::get);
    none.draw(columns -> "one");
    none.drawNow(columns -> "two");
    none.clear();
    none.close();
    assertThat(screen.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(none.above(screen)).isSameAs(screen);
  }

  @Test
  void isNotDrawnAnyMoreOnceTheProcessEnds() {
    line.draw(columns -> "one");
    line.close();
    line.drawNow(columns -> "two");
    others.println("killed");
    assertThat(screen.lines()).containsExactly("killed", "");
  }
}
