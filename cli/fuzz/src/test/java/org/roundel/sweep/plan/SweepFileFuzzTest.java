package org.roundel.sweep.plan;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Map;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class SweepFileFuzzTest {
  private final Hostile reader =
      Hostile.reader("sweep file", 64 << 20, 3000, RoundelException.class);
  private final HostileFile file = new HostileFile("sweep.yaml");

  /** The file, the combinations of what it lists, and the names of its cells. */
  @DictionaryEntries({
    "base: ",
    "grid:\\x0A  ",
    "list:\\x0A- ",
    "seeds: 1..3",
    "exclude:\\x0A- ",
    "name: '{seed}'",
    "quantizer: [a, b]"
  })
  @FuzzTest
  void cells(byte[] input) {
    Path path = file.with(input);
    reader.read(
        input.length,
        () -> {
          SweepProblems problems = new SweepProblems(path);
          SweepFile sweep = new SweepFileReader(path, SweepFileFuzzTest::recipe, problems).read();
          problems.throwIfAny();
          var settings = Combinations.of(sweep, problems);
          problems.throwIfAny();
          CellNames.of(settings, sweep.name(), problems);
          problems.throwIfAny();
        });
  }

  private static Map<String, String> recipe(String name) {
    throw new RoundelException(ErrorKind.CONFIGURATION, "there is no recipe of that name");
  }
}
