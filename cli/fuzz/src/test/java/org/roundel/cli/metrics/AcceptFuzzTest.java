package org.roundel.cli.metrics;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.roundel.fuzz.Hostile;

class AcceptFuzzTest {
  private final Hostile reader = Hostile.reader("Accept header", 6 << 20, 16);

  /** Whatever a client prefers, it is answered; nothing is thrown. */
  @DictionaryEntries({
    "*/*",
    "text/plain",
    "application/openmetrics-text",
    ";version=",
    ";q=0.1",
    ","
  })
  @FuzzTest
  void preferred(byte[] input) {
    String header = new String(input, StandardCharsets.ISO_8859_1);
    reader.read(
        input.length,
        () -> new AcceptHeader(header).preferred(List.of(MediaType.TEXT, MediaType.OPEN_METRICS)));
  }
}
