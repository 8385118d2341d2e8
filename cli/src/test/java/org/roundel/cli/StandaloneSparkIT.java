package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on a cluster of Spark's own, started as its scripts do. */
@Tag("thorough")
class StandaloneSparkIT extends OnSpark {
  @Test
  @Timeout(300)
  void itsWorkersGiveTheBytesOfOneProcess() throws Exception {
    // As spark-submit starts it, which does not know of ROUNDEL_OPTS.
    roundel.optimize();
    train("alone", 1);
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), "127.0.0.1")) {
      cluster.addWorker();
      cluster.addWorker();
      Outcome shared = train("shared", 1, "--master=" + cluster.url());

      assertThat(shared.err()).isEmpty();
      assertSameNet(3, "alone", "shared");

      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--master=" + cluster.url(),
                  "--conf=spark.executor.memory=768m",
                  "--driver-java-options=" + options(),
                  "--class=org.roundel.spark.Launch",
                  roundel.home().resolve("spark/roundel-spark.jar").toString()));
      arguments.addAll(command("submitted", 1));
      Process submitted = submit(arguments);
      assertThat(submitted.waitFor()).as(Files.readString(log())).isZero();
      assertSameNet(3, "alone", "submitted");

      TinySweep.make(roundel, 2, 3);
      Outcome swept = roundel.run("work", "s", "--master=" + cluster.url());
      assertThat(swept.exitCode()).as("%s", swept).isZero();
      TinySweep.assertBytesOfTraining(roundel, 2, 3);
    }
  }

  @Tag("thorough")
  @Test
  @Timeout(300)
  void whoIsEndedOnTheMastersPageSaysSo() throws Exception {
    TinySweep.make(roundel, 2, 2000);
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), "127.0.0.1")) {
      cluster.addWorker();
      Installation.Running run =
          roundel.start(List.of("work", "s", "--master=" + cluster.url()), "");
      run.awaitLine("begins   seed-1");
      cluster.endApplications();
      Outcome end = run.end();

      assertThat(end.exitCode()).as("%s", end).isEqualTo(3);
      // Whether the cell's end or Spark's is seen first is a matter of moments.
      assertThat(end.err())
          .matches(
              "(?s)(roundel: the cell seed-1 failed and is left:\n.*our application: KILLED\n.*)?"
                  + "roundel: Spark at "
                  + cluster.url()
                  + " does not answer, or has ended .*");
      assertThat(end.err().lines()).allMatch(line -> line.startsWith("roundel: "));
    }
  }

  private static String options() {
    return "--add-modules=jdk.incubator.vector -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";
  }

  private Path log() {
    return directory.resolve("submit.log");
  }

  private Process submit(List<String> arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(StandaloneSpark.submit(arguments))
            .directory(roundel.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }
}
