package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
  private static final String HOME = "user.home";

  private final String home = System.getProperty(HOME);

  @AfterEach
  void restore() {
    System.setProperty(HOME, home);
  }

  @Test
  void dataAreInTheHomeDirectory() {
    System.setProperty(HOME, "/home/somebody");
    assertThat(DataDirectory.usual("cifar-10"))
        .isEqualTo(Path.of("/home/somebody/.roundel/data/cifar-10"));
  }

  /** Java calls the home of a user whom the system does not know "?". */
  @Test
  void aUserWithoutAHomeGetsNoDirectoryOfAStrangeName() {
    System.setProperty(HOME, "?");
    Path usual = DataDirectory.usual("cifar-10");
    assertThat(usual).isAbsolute().endsWithRaw(Path.of(".roundel/data/cifar-10"));
    assertThat(usual.toString()).doesNotContain("?");
  }
}
