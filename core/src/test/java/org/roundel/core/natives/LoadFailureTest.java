package org.roundel.core.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadFailureTest {
  /** No installation would be better. */
  @Test
  void aVariableThatIsNoNumberIsNamed() {
    Throwable failure =
        new ExceptionInInitializerError(new NumberFormatException("For input string: \"x\""));
    assertThat(LoadFailure.message(Optional.of(Path.of("native")), failure))
        .isEqualTo(
            "the native libraries read a number from the environment that is none: For input"
                + " string: \"x\". Correct OMP_NUM_THREADS, or unset it.");
  }
}
