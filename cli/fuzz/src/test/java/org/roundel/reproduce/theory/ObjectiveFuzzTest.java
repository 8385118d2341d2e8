package org.roundel.reproduce.theory;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;

class ObjectiveFuzzTest {
  private final Hostile reader =
      Hostile.reader("objective", 1 << 20, 500, InvalidInputException.class);

  /** What is read means the same when it is written and read again. */
  @DictionaryEntries({"(w-2.5)^2", " if w<", "; ", "0.5*", "e-3", "+0.75"})
  @FuzzTest
  void parse(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    reader.read(
        input.length,
        () -> {
          PiecewiseQuadratic objective = PiecewiseQuadratic.parse(text);
          String written = ObjectiveParser.format(objective);
          if (written.length() <= 10_000
              && !ObjectiveParser.format(PiecewiseQuadratic.parse(written)).equals(written)) {
            throw new AssertionError("read and written again: " + written);
          }
        });
  }
}
