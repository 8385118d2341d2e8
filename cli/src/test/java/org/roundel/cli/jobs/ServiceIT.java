package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Installation;

/**
 * {@code jobs/roundel@.service}: systemd finds nothing to complain about, and what it would start
 * runs where it may write its state only.
 */
class ServiceIT {
  private static final Path UNIT = Path.of("src", "dist", "jobs", "roundel@.service");

  /** No system gives it to anybody, as with a dynamic user. */
  private static final int NOBODY = 61234;

  @TempDir private Path directory;

  private Path configurations;
  private Path state;
  private Sandbox.Running running;

  @BeforeEach
  void install() throws Exception {
    Sandbox.require();
    configurations = Files.createDirectory(directory.resolve("configurations"));
    state = Files.createDirectory(directory.resolve("state"));
    Files.setAttribute(state, "unix:uid", NOBODY);
    List<String> lines = new ArrayList<>();
    for (String option : Installation.TINY_RUN) {
      lines.add(option.replaceFirst("--(set=)?", "").replaceFirst("=", ": "));
    }
    lines.removeIf(line -> line.startsWith("epochs"));
    Files.write(configurations.resolve("first.yaml"), lines);
    Files.writeString(configurations.resolve("first.env"), "ARGUMENTS=--epochs=9999 --threads=1\n");
  }

  @AfterEach
  void end() throws InterruptedException {
    if (running != null) {
      running.kill();
    }
  }

  private static String value(String key) throws IOException {
    return Files.readAllLines(UNIT).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private Sandbox sandbox(boolean asService, String workingDirectory) throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Map<String, Sandbox.Mount> mounts =
        Map.of(
            "/opt/roundel", new Sandbox.Mount(Installation.packaged(), false),
            "/etc/roundel", new Sandbox.Mount(configurations, false),
            "/mnt", new Sandbox.Mount(UNIT.toAbsolutePath().getParent(), false),
            "/var/lib/roundel", new Sandbox.Mount(state, true));
    return new Sandbox(
        root,
        asService,
        asService ? NOBODY : 0,
        Sandbox.basicEnvironment(),
        workingDirectory,
        mounts);
  }

  /** As systemd has them for roundel@first. */
  private static String specifiers(String text) {
    return text.replace("%i", "first").replace("%S", "/var/lib");
  }

  private void startService() throws IOException {
    List<String> program = new ArrayList<>();
    for (String word : specifiers(value("ExecStart")).split(" ")) {
      if (word.equals("$ARGUMENTS")) {
        String variables = Files.readString(configurations.resolve("first.env"));
        program.addAll(List.of(variables.strip().replace("ARGUMENTS=", "").split(" ")));
      } else {
        program.add(word);
      }
    }
    running =
        sandbox(true, specifiers(value("WorkingDirectory")))
            .start(program, directory.resolve("output.txt"));
  }

  @Test
  void systemdHasNothingToComplainAbout() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "NOT TESTED: no systemd-analyze");
    assertThat(analysis("verify")).isEmpty();
    // Exposure in tenths, of 100: it was 18.
    analysis("security", "--offline=yes", "--threshold=20", "--no-pager");
  }

  private String analysis(String... arguments) throws Exception {
    // Else the first process of a system would complain to the kernel's log.
    List<String> program =
        new ArrayList<>(List.of("env", "SYSTEMD_LOG_TARGET=console", "systemd-analyze"));
    program.addAll(List.of(arguments));
    program.add("/mnt/roundel@.service");
    running = sandbox(false, "/").start(program, directory.resolve("output.txt"));
    assertThat(running.end()).as("%s", running.text()).isZero();
    return running.text();
  }

  @Test
  @Timeout(300)
  void whatItStartsStopsWithACheckpointAndGoesOn() throws Exception {
    startService();
    running.await(" 1/9999 ");
    running.signal("TERM");
    assertThat(running.end()).as("%s", running.text()).isEqualTo(143);
    assertThat(value("SuccessExitStatus").split(" ")).contains("143");
    assertThat(running.text()).contains("Stopped early; checkpoint step-");

    startService();
    running.await("Going on");
    running.kill();
  }

  @Test
  @Timeout(300)
  void whatFailsAgainIsNotStartedAgain() throws Exception {
    Files.writeString(configurations.resolve("first.yaml"), "modell: resnet-8\n");
    startService();
    String code = Integer.toString(running.end());
    assertThat(value("RestartPreventExitStatus").split(" ")).as(running.text()).contains(code);
  }
}
