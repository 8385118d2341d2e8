package org.roundel.cli.command.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class ServerAccessTest {
  private static final Path FILE = Path.of("no-such-file");

  @Test
  void theVariableHoldsATokenWhereNoFileDoes() {
    Map<String, String> environment = Map.of("ROUNDEL_TOKEN", "0123456789abcdef");
    assertThat(ServerAccess.of("", null, null, null, Map.of()).token()).isNull();
    assertThat(ServerAccess.of("", null, null, null, environment).token()).isNotNull();
    assertThatThrownBy(() -> ServerAccess.of("", FILE, null, null, environment))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("no-such-file cannot be read");
  }

  @Test
  void aVariableThatIsEmptyLetsNobodyIn() {
    assertThatThrownBy(() -> ServerAccess.of("", null, null, null, Map.of("ROUNDEL_TOKEN", "")))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageStartingWith(
            "the variable ROUNDEL_TOKEN holds a token of 0 characters; allowed: one token of 16 ");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> ServerAccess.of("metrics-", null, FILE, null, Map.of()))
        .isInstanceOf(RoundelException.class)
        .hasMessage("--metrics-tls-certificate is given without --metrics-tls-key; TLS needs both");
    assertThatThrownBy(() -> ServerAccess.of("", null, null, FILE, Map.of()))
        .hasMessage("--tls-key is given without --tls-certificate; TLS needs both");
  }
}
