package org.roundel.core.plugin.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What exceptions mean, however deep, long or badly formed they are. */
class ExplanationTest {
  private static final String FAULT_OF_THE_PLUGIN =
      "This is a fault of the plugin: tell its author.";

  private static Throwable within(Throwable cause, int wrappers) {
    Throwable thrown = cause;
    for (int depth = 0; depth < wrappers; depth++) {
      thrown = new IllegalStateException("wrapped", thrown);
    }
    return thrown;
  }

  @Test
  void findsAFileUnderAFewWrappers() {
    IOException missing = new NoSuchFileException("data/train.bin");
    Explanation explanation = EnvironmentFault.in(within(missing, 29));
    assertThat(explanation).isNotNull();
    assertThat(explanation.reason()).isEqualTo("there is no file data/train.bin");
    assertThat(EnvironmentFault.in(within(missing, 30))).isNull();
  }

  @Test
  void findsAnExhaustedJvmUnderManyWrappers() {
    OutOfMemoryError exhausted = new OutOfMemoryError("for a test");
    assertThat(Explanation.exhaustion(within(exhausted, 99))).isSameAs(exhausted);
    assertThat(Explanation.exhaustion(within(exhausted, 100))).isNull();
  }

  @Test
  void comesToAnEndWhereCausesLeadInACircle() {
    Throwable first = new IllegalStateException("first");
    Throwable second = new IllegalStateException("second", first);
    first.initCause(second);
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThat(Explanation.exhaustion(first)).isNull();
          assertThat(Explanation.of(first))
              .isEqualTo(
                  new Explanation("java.lang.IllegalStateException: first", FAULT_OF_THE_PLUGIN));
        });
  }

  @Test
  void repeatsAMessageInFullUpToItsLimit() {
    String message = "x".repeat(2000);
    String type = "java.lang.IllegalStateException: ";
    assertThat(Explanation.of(new IllegalStateException(message)).reason())
        .isEqualTo(type + message);
    assertThat(Explanation.of(new IllegalStateException(message + "y")).reason())
        .isEqualTo(type + message + "…");
  }

  /** In other words than HotSpot's, as those of OpenJ9, the version is not to be found. */
  @Test
  void namesNoJavaThatItDoesNotKnow() {
    String message =
        "JVMCFRE003 bad major version 107.0 of class=sample/Plugin, the maximum supported major"
            + " version is 61.0";
    assertThat(Explanation.of(new UnsupportedClassVersionError(message)).reason())
        .isEqualTo(
            "a class of it is compiled for a newer Java, this is Java "
                + Runtime.version().feature());
  }
}
