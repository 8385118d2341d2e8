package org.roundel.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundel.core.Golden.assertGolden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class SelectedTest {
  private final PluginRegistry registry = PluginRegistry.of(TestComponents.usual());
  private final Selected<QuantizerFactory> quantizer = registry.quantizer("stochastic-rounding");

  @Test
  void fillsInDefaults() {
    Options options = quantizer.options(Map.of("delta", "0.25"));
    assertThat(options.get(TestComponents.DELTA)).isEqualTo(0.25);
    assertThat(options.get(TestComponents.ROUNDING)).isEqualTo("nearest");
    assertThat(quantizer.problems(Map.of("delta", "0.25"))).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("delta", "-1");
    given.put("rouding", "nearest");
    given.put("rounding", "up");
    assertThat(quantizer.problems(given)).hasSize(3);
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> quantizer.options(given));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertGolden("plugin/options-every-problem", failure.getMessage(), Map.of());
  }

  @Test
  void refusesAnOptionThatIsPartOfTheName() {
    Selected<ModelFactory> model = registry.model("resnet-20");
    assertGolden(
        "plugin/options-in-name",
        String.join("\n", model.problems(Map.of("depth", "20"))),
        Map.of());
  }

  @Test
  void refusesAnyOptionOfAComponentWithoutOptions() {
    assertGolden(
        "plugin/options-none",
        String.join("\n", registry.quantizer("binary-connect").problems(Map.of("delta", "1"))),
        Map.of());
  }

  @Test
  void invalidInputIsTheConfigurationsFault() {
    InvalidInputException invalid = new InvalidInputException("delta 2 does not divide range 3");
    assertFailure(invalid, ErrorKind.CONFIGURATION, "call-invalid-input");
  }

  @Test
  void anUnreadableFileIsTheConfigurationsFault() {
    assertFailure(
        new NoSuchFileException("data/train.bin"), ErrorKind.CONFIGURATION, "call-io-failure");
    assertFailure(
        new UncheckedIOException(new AccessDeniedException("data/train.bin")),
        ErrorKind.CONFIGURATION,
        "call-access-denied");
    assertFailure(
        new IOException("the disk is gone"), ErrorKind.CONFIGURATION, "call-io-failure-plain");
  }

  @Test
  void theEnvironmentIsNotThePluginsFault() {
    FileSystemException full =
        new FileSystemException("data/cache.bin", null, "No space left on device");
    assertFailure(
        new IllegalStateException("the cache", new UncheckedIOException(full)),
        ErrorKind.CONFIGURATION,
        "call-disk-full");
    assertFailure(
        new InvalidPathException("caf\uFFFD.png", "unmappable"),
        ErrorKind.CONFIGURATION,
        "call-locale");
    assertFailure(
        new InvocationTargetException(
            new InvalidPathException("a\0b", "Nul character not allowed")),
        ErrorKind.CONFIGURATION,
        "call-no-path");
  }

  @Test
  void anythingElseIsThePluginsFault() {
    assertFailure(new IllegalStateException("boom"), ErrorKind.PLUGIN, "call-exception");
    assertFailure(new NoClassDefFoundError("org/other/Part"), ErrorKind.PLUGIN, "call-linkage");
    assertFailure(new AssertionError("not so"), ErrorKind.PLUGIN, "call-assertion");
    assertFailure(new StackOverflowError(), ErrorKind.PLUGIN, "call-stack-overflow");
  }

  @Test
  void aFailureOfTheCoreInsideACallStaysWhatItIs() {
    RoundelException known = new RoundelException(ErrorKind.DIVERGED, "diverged");
    assertThatThrownBy(() -> quantizer.create(throwing(known))).isSameAs(known);
  }

  @Test
  void anExhaustedJvmIsNobodysFault() {
    OutOfMemoryError exhausted = new OutOfMemoryError("for a test");
    assertThatThrownBy(() -> quantizer.create(throwing(exhausted))).isSameAs(exhausted);
    RuntimeException wrapped = new IllegalStateException(new RuntimeException(exhausted));
    assertThatThrownBy(() -> quantizer.create(throwing(wrapped))).isSameAs(exhausted);
    RuntimeException read = new UncheckedIOException(new IOException("decode", exhausted));
    assertThatThrownBy(() -> quantizer.create(throwing(read))).isSameAs(exhausted);
  }

  /** Who stopped the thread finds it stopped; who did not goes on. */
  @Test
  void anInterruptIsKeptAndNoneIsMadeUp() {
    assertThatThrownBy(() -> quantizer.create(throwing(new IllegalStateException("boom"))))
        .isInstanceOf(RoundelException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThatThrownBy(() -> quantizer.create(throwing(new InterruptedException("stopped"))))
        .isInstanceOf(RoundelException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void findsADeclaredOptionByName() {
    assertThat((Object) quantizer.option("rounding")).isSameAs(TestComponents.ROUNDING);
    assertThat((Object) quantizer.option("rouding")).isNull();
    assertThat((Object) registry.model("resnet-20").option("depth")).isNull();
  }

  private void assertFailure(Throwable thrown, ErrorKind kind, String golden) {
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> quantizer.create(throwing(thrown)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasCause(thrown);
    assertGolden(
        "plugin/" + golden,
        failure.getMessage(),
        Map.of(
            quantizer.plugin().location().toString(),
            "<plugin>",
            System.getProperty("sun.jnu.encoding") + ", the character set of the locale '",
            "<charset>, the character set of the locale '",
            "'" + System.getenv("LC_ALL") + "'",
            "'<locale>'"));
  }

  private static PluginCall<QuantizerFactory, String> throwing(Throwable thrown) {
    return factory -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    };
  }
}
