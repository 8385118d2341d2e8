package org.roundel.reproduce.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  private static final Map<String, String> PARAMETERS = Map.of("steps", "10", "delta", "0.5");

  @TempDir private Path directory;
  private final List<String> messages = new ArrayList<>();
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("cell.json");
  }

  @Test
  void numbersComeBackAsTheyWere() {
    double[] numbers = {0, -0.0, 1.0 / 3, 1e-310, Double.MAX_VALUE, 20_000, Math.nextUp(1.0)};
    ResultFile.write(file, PARAMETERS, Map.of("x", numbers, "none", new double[0]));
    Map<String, double[]> read =
        Objects.requireNonNull(ResultFile.read(file, PARAMETERS, messages::add));
    assertThat(read).containsOnlyKeys("x", "none");
    double[] again = Objects.requireNonNull(read.get("x"));
    assertThat(again).hasSameSizeAs(numbers);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(Double.doubleToRawLongBits(again[i]))
          .isEqualTo(Double.doubleToRawLongBits(numbers[i]));
    }
    assertThat(messages).isEmpty();
  }

  @Test
  void nothingThereIsNothingToSay() {
    assertThat(ResultFile.read(file, PARAMETERS, messages::add)).isNull();
    assertThat(messages).isEmpty();
  }

  @Test
  void otherParametersAreNotTaken() {
    ResultFile.write(file, PARAMETERS, Map.of("x", new double[] {1}));
    Map<String, String> other = Map.of("steps", "20", "delta", "0.5");
    assertThat(ResultFile.read(file, other, messages::add)).isNull();
    assertThat(messages)
        .containsExactly(file + " is of another run (steps 10, not 20) and computed again");
    messages.clear();
    Map<String, String> more = Map.of("steps", "10", "delta", "0.5", "seed", "1");
    assertThat(ResultFile.read(file, more, messages::add)).isNull();
    assertThat(messages)
        .containsExactly(file + " is of another run (seed missing, not 1) and computed again");
    messages.clear();
    assertThat(ResultFile.read(file, Map.of("steps", "10"), messages::add)).isNull();
    assertThat(messages).hasSize(1);
  }

  @Test
  void damagedFilesAreSaidAndNotTaken() throws IOException {
    ResultFile.write(file, PARAMETERS, Map.of("x", new double[] {1, 2}));
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThat(ResultFile.read(file, PARAMETERS, messages::add)).isNull();
    Files.writeString(file, text.replace("2.0", "\"two\""));
    assertThat(ResultFile.read(file, PARAMETERS, messages::add)).isNull();
    assertThat(messages)
        .containsExactly(
            file + " cannot be read and is computed again",
            file + " holds \"two\" for a number and is computed again");
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(
            () -> ResultFile.write(file, PARAMETERS, Map.of("x", new double[] {Double.NaN})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x has NaN");
    assertThat(file).doesNotExist();
  }
}
