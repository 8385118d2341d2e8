package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/**
 * {@code jobs/roundel.sbatch} gets a run to its end over several jobs, to the same bytes.
 *
 * <p>SLURM is played: its variables, its signals, a copy of the script elsewhere, and a {@code
 * scontrol} that writes down what it was asked.
 */
class SlurmIT extends OwnInstallation {
  private static final Path SCRIPT = Path.of("src", "dist", "jobs", "roundel.sbatch");
  private static final String LAST = "checkpoints/step-000000960/weights.safetensors";

  private Path script;
  private Path asked;
  private Path tools;
  private final List<Process> jobs = new ArrayList<>();

  @BeforeEach
  void play() throws IOException {
    // SLURM runs a copy, in a directory of its own.
    script =
        Files.copy(SCRIPT, Files.createDirectory(directory.resolve("spool")).resolve("script"));
    asked = directory.resolve("asked");
    tools = Files.createDirectory(directory.resolve("tools"));
    scontrol("echo \"$*\" >> '" + asked + "'");
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process job : jobs) {
      job.descendants().forEach(ProcessHandle::destroyForcibly);
      job.destroyForcibly().waitFor();
    }
  }

  private void scontrol(String body) throws IOException {
    Path tool = Files.writeString(tools.resolve("scontrol"), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(roundel.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SLURM"));
    environment.merge(
        "PATH", tools + ":" + roundel.home().resolve("bin"), (path, first) -> first + ":" + path);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SLURM_CPUS_PER_TASK", "1");
    environment.putAll(variables);
    Process job = builder.start();
    jobs.add(job);
    return job;
  }

  private static String[] training(String... more) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(Installation.TINY_RUN);
    words.remove("--epochs=3");
    words.addAll(List.of("--epochs=40", "--resume-if-exists"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  private void await(Process job, String text) throws Exception {
    while (!Files.readString(output()).contains(text)) {
      assertThat(job.waitFor(20, TimeUnit.MILLISECONDS))
          .as("ended without '%s': %s", text, Files.readString(output()))
          .isFalse();
    }
  }

  private static void signal(Process job, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(job.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  @Timeout(300)
  void aRunThatNeedsThreeJobsHasTheBytesOfOneThatWasLeftAlone() throws Exception {
    assertThat(Files.readAllLines(script)).contains("#SBATCH --signal=B:USR1@120");
    Map<String, String> task =
        Map.of("SLURM_JOB_ID", "70", "SLURM_ARRAY_JOB_ID", "70", "SLURM_ARRAY_TASK_ID", "5");
    String[] words = training("--seed=%a", "--run-dir=runs/seed-%a");

    for (String epoch : List.of(" 1/40 ", " 12/40 ")) {
      Process job = start(task, words);
      await(job, epoch);
      signal(job, "USR1");
      assertThat(job.waitFor()).isEqualTo(143);
    }
    assertThat(asked).hasContent("requeue 70_5\nrequeue 70_5");
    assertThat(start(task, words).waitFor()).as(Files.readString(output())).isZero();
    assertThat(Files.readAllLines(asked)).hasSize(2);
    assertThat(Files.readString(output()))
        .contains("Going on with")
        .doesNotContain("roundel.sbatch:");

    String[] whole = training("--seed=5", "--run-dir=whole");
    assertThat(start(Map.of("SLURM_JOB_ID", "71"), whole).waitFor()).isZero();
    assertThat(roundel.work().resolve("runs/seed-5").resolve(LAST))
        .hasSameBinaryContentAs(roundel.work().resolve("whole").resolve(LAST));
  }

  @Test
  @Timeout(300)
  void aJobThatIsCancelledStopsWithACheckpointAndIsNotStartedAgain() throws Exception {
    Process job = start(Map.of("SLURM_JOB_ID", "72"), training("--run-dir=run"));
    await(job, " 1/40 ");
    signal(job, "TERM");
    assertThat(job.waitFor()).isEqualTo(143);
    assertThat(asked).doesNotExist();
    assertThat(Files.readString(output())).contains("Stopped early; checkpoint step-");
  }

  @Test
  @Timeout(300)
  void aJobOutsideAnArrayIsRequeuedByItsOwnNumberAndSaysWhereThatFails() throws Exception {
    scontrol("echo \"$*\" >> '" + asked + "'; exit 1");
    Process job = start(Map.of("SLURM_JOB_ID", "73"), training("--run-dir=run"));
    await(job, " 1/40 ");
    signal(job, "USR1");
    assertThat(job.waitFor()).isEqualTo(143);
    assertThat(asked).hasContent("requeue 73");
    assertThat(Files.readString(output()))
        .contains("roundel.sbatch: job 73 could not go back into the queue; submit it again");
  }

  @Test
  @Timeout(300)
  void aWorkerOfASweepGoesBackIntoTheQueueUntilNoCellIsLeft() throws Exception {
    List<String> file = new ArrayList<>(List.of("seeds: 1..2", "base:"));
    for (String option : Installation.TINY_RUN) {
      String setting = option.replaceFirst("--(set=)?", "").replaceFirst("=", ": ");
      file.add("  " + setting.replace("epochs: 3", "epochs: 40"));
    }
    Files.write(roundel.work().resolve("seeds.yaml"), file);
    Outcome made = roundel.run("sweep", "seeds.yaml", "--out", "s");
    assertThat(made.exitCode()).as("%s", made).isZero();
    Map<String, String> task =
        Map.of("SLURM_JOB_ID", "81", "SLURM_ARRAY_JOB_ID", "80", "SLURM_ARRAY_TASK_ID", "1");

    Process job = start(task, "work", "s");
    Path history = roundel.work().resolve("s/runs/seed-1/history.jsonl");
    while (!Files.exists(history)) {
      assertThat(job.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    signal(job, "USR1");
    assertThat(job.waitFor()).as(Files.readString(output())).isEqualTo(143);
    assertThat(asked).hasContent("requeue 80_1");

    assertThat(start(task, "work", "s").waitFor()).isZero();
    assertThat(Files.readString(output())).contains("2 cells: 2 finished");
    assertThat(asked).hasContent("requeue 80_1");
  }

  /**
   * Of bash before 4.4, which clusters have, an empty list is no list; ours shows no difference.
   */
  @Test
  void aListThatMayBeEmptyIsExpandedAsOldShellsDemand() throws Exception {
    String bare =
        Files.readString(script).replaceAll("\\$\\{(\\w+)\\[@]\\+\"\\$\\{\\1\\[@]}\"}", "");
    assertThat(bare).contains("set -u", "roundel  &").doesNotContain("[@]}");

    Process job = start(Map.of("SLURM_JOB_ID", "75"));
    assertThat(job.waitFor()).isEqualTo(2);
    assertThat(Files.readString(output())).startsWith("Usage: roundel COMMAND");
  }

  @Test
  void whatFailsKeepsItsExitCode() throws Exception {
    Process job = start(Map.of("SLURM_JOB_ID", "74"), training("--run-dir=run", "--modl=x"));
    assertThat(job.waitFor()).isEqualTo(2);
    assertThat(asked).doesNotExist();
  }
}
