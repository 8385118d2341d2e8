package org.roundel.sweep.work;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class CellsFuzzTest {
  private final Hostile reader =
      Hostile.reader("cells of a sweep", 1 << 22, 500, RoundelException.class);
  private final HostileFile file = new HostileFile("cells.json");

  @DictionaryEntries({"\"format\":1", "\"cells\":[{", "\"name\":\"a\"", "\"settings\":{", "null"})
  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> CellsFile.read(path));
  }
}
