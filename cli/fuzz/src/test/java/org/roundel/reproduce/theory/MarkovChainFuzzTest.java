package org.roundel.reproduce.theory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class MarkovChainFuzzTest {
  private final Hostile reader =
      Hostile.reader("Markov chain", 1 << 21, 200, InvalidInputException.class);
  private final HostileFile file = new HostileFile("chain.txt");

  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> MarkovChainFile.read(path));
  }
}
