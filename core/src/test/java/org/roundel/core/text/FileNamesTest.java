package org.roundel.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void namesTheLocaleWhoseCharacterSetHasNoSuchName() {
    assertThat(FileNames.problem("data/d\u00e4t\u00e4", StandardCharsets.US_ASCII, "C"))
        .isEqualTo(
            "'data/d\u00e4t\u00e4' is no name in US-ASCII, the character set of the locale 'C'");
    assertThat(FileNames.problem("data", StandardCharsets.US_ASCII, "C")).isNull();
    assertThat(FileNames.problem("d\u00e4t\u00e4", StandardCharsets.ISO_8859_1, "C")).isNull();
    assertThat(FileNames.problem("d\u00e4t\u00e4 \u65e5", StandardCharsets.UTF_8, "C")).isNull();
  }

  /** Bytes of another character set, which Java has read as something else already. */
  @Test
  void noticesANameThatWasLost() {
    assertThat(FileNames.problem("caf\uFFFD", StandardCharsets.UTF_8, "C.UTF-8")).isNotNull();
  }
}
