package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;

class MarkovChainFileTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("chain.txt");
  }

  @Test
  void readsNamesCommentsCommasAndBlanks() throws IOException {
    MarkovChain chain =
        read("# the example\nA, B, C\n\n.6 .2 .2\n0.4,2e-1 , 0.4 # from B\n+.6\t.2 .2");
    assertThat(chain.names()).containsExactly("A", "B", "C");
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        assertThat(chain.probability(from, to))
            .isEqualTo(MarkovChainTest.EXAMPLE.probability(from, to));
      }
    }
  }

  @Test
  void readsAnotherSystemsText() throws IOException {
    assertThat(read("\uFEFF.5 .5\r\n1 0\r\n").names()).containsExactly("1", "2");
  }

  @Test
  void tellsFaultsWithTheirLine() {
    fault("0.5 0.5\n0.5 0.6\n", " line 2: the row sums to 1.1; allowed: 1");
    fault("0.5 0.5\n0.5\n", " line 2: 1 probabilities; allowed: 2, as many as in the first row");
    fault("A B C\n0.5 0.5\n", " line 2: 2 probabilities; allowed: 3, as many as there are names");
    fault("0.5 O.5\n0.5 0.5\n", " line 1: 'O.5' is no number");
    fault("0.5 NaN\n", " line 1: 'NaN' is no number");
    fault("0.5 0.5\nA B\n", " line 2: 'A' is no number");
    fault("A B\nC D\n", " line 2: 'C' is no number");
    fault("-0.5 1.5\n", " line 1: the probability -0.5; allowed: 0 to 1");
    fault("0.5 1e999\n", " line 1: the probability 1e999; allowed: 0 to 1");
    fault("A A\n1 0\n0 1\n", " line 1: two states have the same name");
    fault("A,,B\n1 0\n0 1\n", " line 1: a state's name has 0 characters");
    fault("1 0\n0 1\n0 1\n", " line 3: row 3 of a chain of 2 states");
    fault("1 0\n", " has 1 rows of 2 probabilities");
    fault("# nothing\n", " has no row of probabilities");
    fault("1 ".repeat(501) + "\n", " line 1: more than 500 states");
  }

  /** With a pattern that goes back over what it matched, the first of these takes hours. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsALineOfManyDigitsInOnePass() throws IOException {
    String digits = "1".repeat(1_000_000);
    String shown = "1".repeat(40) + "…";
    fault(digits + "x\n", " line 1: a state's name has 1000001 characters; allowed: 1 to 40");
    fault("1 " + digits + "x\n", " line 1: '" + shown + "' is no number");
    fault(digits + "\n", " line 1: the probability " + shown + "; allowed: 0 to 1");
    fault("1" + " ".repeat(1_000_000) + "x\n", " line 1: 'x' is no number");
    assertThat(read("0." + "0".repeat(1_000_000) + " 1\n1 0\n").probability(0, 1)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoSmallText() throws IOException {
    assertThatThrownBy(() -> MarkovChainFile.read(file)).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> MarkovChainFile.read(Path.of("/dev/null")))
        .hasMessage("/dev/null is no regular file; copy what it gives into one");
    Files.write(file, new byte[] {'1', (byte) 0xFF});
    assertThatThrownBy(() -> MarkovChainFile.read(file)).hasMessageContaining("no text in UTF-8");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    assertThatThrownBy(() -> MarkovChainFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 1099511627776 bytes; allowed: at most 16777216");
  }

  private MarkovChain read(String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return MarkovChainFile.read(file);
  }

  private void fault(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + message);
  }
}
