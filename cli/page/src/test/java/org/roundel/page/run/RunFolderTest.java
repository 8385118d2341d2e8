package org.roundel.page.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.SampleRun;

class RunFolderTest {
  @TempDir Path directory;

  @Test
  void showsEachRunWithItsSettingsAndWhatItReached() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    run.epoch(1, 0.25);
    run.epoch(2, 0.5);
    Files.createDirectory(directory.resolve("no-run"));
    JsonNode runs = new RunFolder(directory).toJson().get("runs");
    assertThat(runs).hasSize(1);
    assertThat(new RunFolder(directory).toJson().has("notice")).isFalse();
    JsonNode row = runs.get(0);
    assertThat(row.get("name").textValue()).isEqualTo("a");
    assertThat(row.get("phase").textValue()).isEqualTo("finished");
    assertThat(row.at("/settings/quantizer").textValue()).isEqualTo("binary-connect");
    assertThat(row.at("/settings/seed").textValue()).isEqualTo("7");
    assertThat(row.get("best")).hasToString("{\"epoch\":1,\"error\":0.25}");
    assertThat(row.get("last")).hasToString("{\"epoch\":2,\"error\":0.5}");
    assertThat(row.get("weights").intValue()).isEqualTo(100);
    assertThat(row.get("bytes").longValue())
        .isEqualTo(
            Files.size(run.directory().resolve("manifest.json"))
                + Files.size(run.directory().resolve("history.jsonl")));
  }

  @Test
  void seesWhatHasChanged() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    RunFolder folder = new RunFolder(directory);
    assertThat(phase(folder)).isEqualTo("stopped");
    run.epoch(1, 0.25);
    run.append("log.txt", "2026-11-28T07:09:20.063Z INFO  epoch 1/2\n");
    assertThat(folder.toJson().at("/runs/0/epochs").intValue()).isEqualTo(1);
    run.append(
        "log.txt", "2026-11-28T07:09:21.063Z ERROR training diverged in epoch 2\nat update 5\n");
    assertThat(phase(folder)).isEqualTo("diverged");
    run.append("log.txt", "2026-11-28T07:09:22.063Z INFO  started: roundel resume\n");
    assertThat(phase(folder)).isEqualTo("stopped");
    run.append("log.txt", "2026-11-28T07:09:23.063Z ERROR the disk is full\n");
    assertThat(phase(folder)).isEqualTo("failed");
    run.epoch(2, 0.25);
    assertThat(phase(folder)).isEqualTo("finished");
  }

  @Test
  void aRunWhoseLockAnotherProcessHoldsIsRunning() throws Exception {
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    RunFolder folder = new RunFolder(directory);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                run.directory().resolve(".lock").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('.');
      assertThat(phase(folder)).isEqualTo("running");
    } finally {
      holder.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
    assertThat(phase(folder)).isEqualTo("stopped");
  }

  /** Holds a lock until it is killed. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.write('.');
        System.out.flush();
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      }
    }
  }

  @Test
  void tellsOfPlannedRunsWhatTheirDirectoriesDoNotSay() throws IOException {
    Path runs = directory.resolve("runs");
    Map<String, String> settings = Map.of("quantizer", "none");
    List<PlannedRun> plan =
        List.of(
            new PlannedRun("a", null, "", "", 2, settings),
            new PlannedRun("b", RunPhase.RUNNING, "far, process 7", "", 2, settings),
            new PlannedRun("c", RunPhase.FAILED, "", "the data are damaged", 2, settings));
    RunFolder folder = new RunFolder(runs, () -> plan);
    JsonNode told = folder.toJson();
    assertThat(told.has("notice")).as("nobody has begun").isFalse();
    assertThat(told.at("/runs/0"))
        .hasToString(
            "{\"name\":\"a\",\"phase\":\"waiting\",\"planned\":2,\"epochs\":0,\"best\":null,"
                + "\"last\":null,\"weights\":0,\"settings\":{\"quantizer\":\"none\"},"
                + "\"problems\":[],\"begun\":false,\"bytes\":0,\"where\":\"\"}");
    assertThat(told.at("/runs/2/problems/0").textValue()).isEqualTo("the data are damaged");
    assertThat(told.at("/runs/2/phase").textValue()).isEqualTo("failed");

    new SampleRun(runs.resolve("a"), 2, 7).epoch(1, 0.5);
    new SampleRun(runs.resolve("b"), 2, 7).epoch(1, 0.5);
    told = folder.toJson();
    assertThat(told.at("/runs/0/phase").textValue()).isEqualTo("stopped");
    assertThat(told.at("/runs/0").has("begun")).isFalse();
    assertThat(told.at("/runs/1/phase").textValue()).isEqualTo("running");
    assertThat(told.at("/runs/1/where").textValue()).isEqualTo("far, process 7");
    assertThat(told.get("runs")).hasSize(3);
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    Files.writeString(run.directory().resolve("manifest.json"), "{\"format\": 2, ");
    JsonNode row = new RunFolder(directory).toJson().at("/runs/0");
    assertThat(row.get("phase").textValue()).isEqualTo("damaged");
    assertThat(row.at("/problems/0").textValue()).contains("manifest.json");
    assertThat(RunDetails.read(new RunFiles(run.directory())).at("/problems/0").textValue())
        .contains("manifest.json");
  }

  @Test
  void aFinalTestIsShownUnlessItWasAltered() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("a"), 1, 7);
    Path file = run.directory().resolve("test.json");
    String test =
        "\"epochs\":1,\"epoch\":1,\"checkpoint\":\"step-000000004\","
            + "\"test\":{\"loss\":1.0,\"error\":0.25,\"images\":8}";
    Files.writeString(file, "{" + test + "}");
    JsonNode details = RunDetails.read(new RunFiles(run.directory()));
    assertThat(details.get("test")).hasToString("{" + test + "}");

    Files.writeString(file, "{\"format\":2," + test + ",\"check\":\"00\"}");
    details = RunDetails.read(new RunFiles(run.directory()));
    assertThat(details.has("test")).isFalse();
    assertThat(details.get("problems").toString()).contains(file + " was altered");
  }

  @Test
  void aRunThatIsMostlyDamagedIsToldInFewWordsBesideTheOthers() throws IOException {
    SampleRun damaged = new SampleRun(directory.resolve("a"), 2, 7);
    damaged.append("history.jsonl", "x\n".repeat(99_000) + "{x\n".repeat(1_000));
    damaged.epoch(1, 0.5);
    new SampleRun(directory.resolve("b"), 2, 7).epoch(1, 0.25);
    JsonNode told = new RunFolder(directory).toJson();
    assertThat(told.toString()).hasSizeLessThan(10_000);
    assertThat(told.at("/runs/0/epochs").intValue()).isEqualTo(1);
    assertThat(told.at("/runs/0/problems")).hasSize(11);
    assertThat(told.at("/runs/0/problems/10").textValue())
        .isEqualTo("and 99990 more damaged lines");
    assertThat(told.at("/runs/1/best/error").doubleValue()).isEqualTo(0.25);
    Path history = damaged.directory().resolve("history.jsonl");
    assertThat(HistoryPart.read(history, 0).toJson().get("problems")).hasSize(11);
  }

  @Test
  void readsARunOnceHoweverManyAskForIt() throws Exception {
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    run.epoch(1, 0.5);
    RecordedRun recorded = new RecordedRun(run.directory());
    Set<RunSummary> summaries = Collections.newSetFromMap(new IdentityHashMap<>());
    Callable<RecordedRun.State> asking = recorded::state;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<RecordedRun.State> state : threads.invokeAll(Collections.nCopies(100, asking))) {
        summaries.add(state.get().summary());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(summaries).hasSize(1);
  }

  @Test
  void aNameLeadsToARunOfTheDirectoryOnly() throws IOException {
    new SampleRun(directory.resolve("runs/a"), 2, 7);
    new SampleRun(directory.resolve("secret"), 2, 7);
    RunFolder folder = new RunFolder(directory.resolve("runs"));
    assertThat(folder.path("a")).isNotNull();
    for (String name : new String[] {"../secret", "a/../../secret", "", ".", "..", "/", "b"}) {
      assertThat(folder.path(name)).as(name).isNull();
      assertThat(folder.find(name)).as(name).isNull();
    }
  }

  @Test
  void aDirectoryThatIsGoneHasNoRuns() throws IOException {
    RunFolder folder = new RunFolder(directory.resolve("none"));
    assertThat(folder.toJson().get("runs")).isEmpty();
    assertThat(folder.toJson().get("notice").textValue())
        .startsWith(folder.directory() + " cannot be read: ")
        .contains("NoSuchFileException");
    SampleRun run = new SampleRun(directory.resolve("a"), 2, 7);
    RecordedRun recorded = new RecordedRun(run.directory());
    assertThat(recorded.progress().phase()).isEqualTo(RunPhase.STOPPED);
    Files.delete(run.directory().resolve("manifest.json"));
    Files.delete(run.directory());
    assertThat(recorded.progress().phase()).isEqualTo(RunPhase.GONE);
  }

  private static String phase(RunFolder folder) {
    return folder.toJson().at("/runs/0/phase").textValue();
  }
}
