package org.roundel.core.record;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.JsonFieldException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;
import org.roundel.page.run.HistoryPart;

class HistoryFuzzTest {
  private final Hostile reader =
      Hostile.reader("history", 1 << 22, 500, RoundelException.class, JsonFieldException.class);
  private final HostileFile file = new HostileFile("history.jsonl");

  /** As a report reads it, as the page reads it, and as a run goes on after it. */
  @DictionaryEntries({
    "\"layers\":[{",
    "\"distribution\":{",
    "\"validation\":{",
    "\"latentTest\":null",
    "\"NaN\"",
    "}\\x0A{"
  })
  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(input);
    reader.read(
        input.length,
        () -> {
          int number = 1;
          for (JsonNode line : HistoryFile.read(path)) {
            HistoryLine.read(line, number);
            number++;
          }
        });
    reader.read(input.length, () -> HistoryPart.read(path, input.length / 3).toJson());
    reader.read(
        input.length,
        () -> {
          try (HistoryFile history = HistoryFile.open(path)) {
            history.truncateTo(input.length / 2);
          }
        });
  }
}
