package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/** Runs whose parts executors compute, each a process of Spark's on this machine. */
abstract class OnSpark extends OwnInstallation {
  /** Batches of 16 images in 8 parts, three updates an epoch. */
  private static final List<String> RUN =
      List.of(
          "--model=resnet-8",
          "--quantizer=stochastic-rounding",
          "--dataset=synthetic",
          "--batch-size=16",
          "--shards=8",
          "--threads=1",
          "--set=dataset.train-size=48",
          "--set=dataset.test-size=16",
          "--set=dataset.height=8",
          "--set=dataset.width=8");

  @BeforeEach
  final void useSpark() {
    String home = System.getProperty("roundel.spark-home");
    assertThat(home).as("system property roundel.spark-home").isNotNull();
    roundel.setVariable("SPARK_HOME", home);
    roundel.setVariable("SPARK_LOCAL_IP", "127.0.0.1");
  }

  /** Returns the options of executors of one core. */
  static String master(int executors) {
    return "--master=local-cluster[" + executors + ",1,1024]";
  }

  static List<String> command(String name, int epochs, String... more) {
    List<String> command = new ArrayList<>(List.of("train", "--run-dir=" + name));
    command.addAll(RUN);
    command.add("--epochs=" + epochs);
    command.addAll(List.of(more));
    return command;
  }

  Outcome train(String name, int epochs, String... more) throws Exception {
    Outcome outcome = roundel.start(command(name, epochs, more), "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return outcome;
  }

  Installation.Running start(String name, int epochs, String... more) throws IOException {
    return roundel.start(command(name, epochs, more), "");
  }

  /** Waits until so many executors compute a run, and returns them. */
  static List<ProcessHandle> executors(Installation.Running run, int count) throws Exception {
    return executors(run.process(), count);
  }

  /** Waits until a process, or those that it has started, have so many executors. */
  static List<ProcessHandle> executors(Process starter, int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      List<ProcessHandle> found = starter.descendants().filter(OnSpark::isExecutor).toList();
      if (found.size() >= count) {
        return found;
      }
      assertThat(System.nanoTime()).as("%s executors", found.size()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(
            words ->
                List.of(words).contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
        .orElse(false);
  }

  static void signal(ProcessHandle process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  void assertSameNet(int updates, String expected, String actual) throws IOException {
    String checkpoint = String.format(Locale.ROOT, "checkpoints/step-%09d", updates);
    Path first = roundel.work().resolve(expected).resolve(checkpoint);
    Path second = roundel.work().resolve(actual).resolve(checkpoint);
    for (String file : new String[] {"weights.safetensors", "training.safetensors"}) {
      assertThat(Files.mismatch(first.resolve(file), second.resolve(file)))
          .as("first byte of %s that differs", file)
          .isEqualTo(-1);
    }
  }
}
