package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packaged program on a real terminal, which util-linux's {@code script} makes. */
class TerminalIT extends OwnInstallation {
  private static final String COLOR = "\u001b[";

  @Test
  void fitsANarrowTerminalWithoutColors() throws Exception {
    String screen = train(60, "NO_COLOR=1", "TERM=xterm");
    assertThat(screen).doesNotContain(COLOR);
    requireWidth(screen, 60);
    assertThat(screen)
        .containsPattern("\repoch 1/1 +\\d+/24 \\[[ =]+] loss [0-9.]+  err [0-9.]+ %  ")
        .contains("  epoch  train loss  train err  test err     time\r\n");
  }

  @Test
  void colorsWhatItMeansOnAUsualTerminal() throws Exception {
    String screen = train(80, "NO_COLOR=", "TERM=xterm");
    requireWidth(screen, 80);
    assertThat(screen)
        .contains("\u001b[1mTraining resnet-8 on synthetic\u001b[0m\r\n")
        .containsPattern("\u001b\\[32m +[0-9.]+ %\u001b\\[0m")
        .contains("\u001b[36mroundel evaluate run\u001b[0m\r\n");
    List<String> told =
        List.of("Starting ...", "Loading plugins ...", "Reading synthetic ...", "Making resnet-8");
    assertThat(screen).containsSubsequence(told).contains("evaluating", "img/s");
  }

  @Test
  void writesNothingButTextAndCarriageReturnsOnADumbTerminal() throws Exception {
    String screen = train(120, "NO_COLOR=", "TERM=dumb");
    requireWidth(screen, 120);
    assertThat(screen)
        .doesNotContain("\u001b", "\b")
        .containsPattern("\repoch 1/1  update +\\d+/24 \\[[ =]+] [0-9.,]+ images/s  loss ");
  }

  private static void requireWidth(String screen, int columns) {
    assertThat(screen.replaceAll("\u001b\\[[0-9]*m", "").split("[\r\n]+", -1))
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.length() < columns + 1);
  }

  /** Trains an epoch and returns all that the terminal was sent. */
  private String train(int columns, String... environment) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "util-linux' script");
    List<String> words = new ArrayList<>(List.of("exec", "env"));
    words.addAll(List.of(environment));
    words.add(roundel.home().resolve("bin/roundel").toString());
    words.add("train");
    words.addAll(Installation.TINY_RUN);
    words.addAll(List.of("--epochs=1", "--run-dir=run"));
    words.remove("--epochs=3");
    String command = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Process process =
        new ProcessBuilder(
                "/usr/bin/script",
                "-qec",
                "stty cols " + columns + " rows 40; " + command.replaceFirst("'exec'", "exec"),
                "/dev/null")
            .directory(roundel.work().toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(screen).isZero();
    return screen;
  }
}
