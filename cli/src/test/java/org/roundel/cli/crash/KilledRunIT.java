package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.NewestCheckpoint;

/**
 * The packaged program, killed by SIGKILL in the midst of what it does and started again with the
 * same words until it is done: the run is that of a program that nobody disturbed.
 *
 * <p>Maven's profile {@code crash} makes 300 kills, of every quantizer with two optimizers.
 */
class KilledRunIT extends OwnInstallation {
  private static final int KILLS = Integer.getInteger("roundel.crash.kills", 36);

  /** The long form can be cut into parts: the first is 1. */
  private static final int PART = Integer.getInteger("roundel.crash.part", 1);

  private static final int PARTS = Integer.getInteger("roundel.crash.parts", 1);
  private static final int KILLS_OF_A_RUN = 9;
  private static final long SEED = 19;

  private static final List<String> SMALL_RUN =
      List.of(
          "--model=resnet-8",
          "--dataset=synthetic",
          "--batch-size=8",
          "--epochs=4",
          "--keep-checkpoints=1",
          "--set=dataset.train-size=24",
          "--set=dataset.test-size=16",
          "--set=dataset.channels=1",
          "--set=dataset.height=8",
          "--set=dataset.width=8",
          "--set=dataset.classes=2");

  private final Random random = new Random(SEED + PART);
  private final Tally tally = new Tally();
  private WatchedFiles files;
  private long usualMillis;
  private int ends;

  @BeforeEach
  void watch() throws Exception {
    files = WatchedFiles.of(roundel, directory, directory);
  }

  @Test
  void aRunIsKilledWhereItHurtsMostAndEndsUndisturbed() throws Exception {
    List<String> settings = List.of("--quantizer=stochastic-rounding", "--optimizer=adam");
    Map<String, String> expected = undisturbed(settings);
    for (String name :
        List.of(
            "manifest: rename",
            "checkpoint: write of tensors",
            "checkpoint: rename",
            "history: append",
            "going on: cut of the history",
            "old checkpoint: removal",
            "report: rename")) {
      assertThat(killAt("cut", settings, moment(name), 1)).as(name).isTrue();
    }
    assertEndsAs(expected, "cut", settings);
  }

  @Test
  @Tag("thorough")
  void runsOfAllMethodsAreKilledAnywhereAndEndUndisturbed() throws Exception {
    System.out.println("KilledRunIT: seed " + SEED + ", part " + PART + " of " + PARTS);
    List<List<String>> methods = methods();
    int runs = (KILLS + KILLS_OF_A_RUN - 1) / KILLS_OF_A_RUN;
    for (int run = PART - 1; run < runs; run += PARTS) {
      // So few runs as there may be are of methods far from each other.
      List<String> method = methods.get(run * Math.max(1, methods.size() / runs) % methods.size());
      Map<String, String> expected = undisturbed(method);
      int wanted = Math.min(KILLS, (run + 1) * KILLS_OF_A_RUN) - run * KILLS_OF_A_RUN;
      int kills = 0;
      String name = "run-" + run;
      while (kills < wanted) {
        if (killSomewhere(name, method)) {
          kills++;
        } else {
          // It was done before; so the next kills are of another.
          assertEndsAs(expected, name, method);
          name += "x";
        }
      }
      assertEndsAs(expected, name, method);
    }
    tally.print("kills of a training by moment, none of " + ends + " runs lost");
  }

  /** Returns every quantizer with two optimizers. */
  private List<List<String>> methods() throws Exception {
    JsonNode listed = new JsonMapper().readTree(roundel.run("list", "quantizer", "--json").out());
    List<List<String>> methods = new ArrayList<>();
    for (JsonNode component : listed.path("components")) {
      for (String optimizer : List.of("sgd", "adam")) {
        methods.add(
            List.of(
                "--quantizer=" + component.path("example").textValue(),
                "--optimizer=" + optimizer));
      }
    }
    assertThat(methods.size()).isGreaterThan(30);
    return methods;
  }

  private static Moment moment(String name) {
    List<Moment> all = new ArrayList<>(Moment.OF_A_TRAINING);
    all.addAll(Moment.OF_GOING_ON);
    return all.stream().filter(moment -> moment.name().equals(name)).findFirst().orElseThrow();
  }

  private Map<String, String> undisturbed(List<String> settings) throws Exception {
    files.letBe();
    Path run = roundel.work().resolve("undisturbed" + settings);
    long start = System.nanoTime();
    Outcome outcome = train(run.getFileName().toString(), settings).end();
    usualMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return RunContent.of(run);
  }

  private Installation.Running train(String run, List<String> settings) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--json", "--resume-if-exists", "--run-dir=" + run));
    arguments.addAll(SMALL_RUN);
    arguments.addAll(settings);
    return roundel.start(arguments, "");
  }

  /** Kills in a moment that the run may have, or at any time; returns whether that was in time. */
  private boolean killSomewhere(String run, List<String> settings) throws Exception {
    boolean begun = Files.exists(roundel.work().resolve(run).resolve("history.jsonl"));
    List<Moment> moments = new ArrayList<>(Moment.OF_A_TRAINING);
    if (begun) {
      moments.addAll(Moment.OF_GOING_ON);
    }
    int choice = random.nextInt(moments.size() + moments.size() / 4);
    if (choice >= moments.size()) {
      return killAtAnyTime(run, settings);
    }
    Moment moment = moments.get(choice);
    return killAt(run, settings, moment, 1 + random.nextInt(moment.most()));
  }

  private boolean killAt(String run, List<String> settings, Moment moment, int number)
      throws Exception {
    String before = newest(run);
    files.kill(moment, number);
    return endedByKill(run, before, moment.name(), train(run, settings).end());
  }

  private boolean killAtAnyTime(String run, List<String> settings) throws Exception {
    String before = newest(run);
    files.letBe();
    Installation.Running training = train(run, settings);
    // A kill in the first half comes while Java and the net are being prepared.
    long millis = random.nextLong(usualMillis);
    training.process().waitFor(millis, TimeUnit.MILLISECONDS);
    training.process().destroyForcibly();
    String name = millis < usualMillis / 2 ? "any time, first half" : "any time, second half";
    return endedByKill(run, before, name, training.end());
  }

  private boolean endedByKill(String run, String before, String moment, Outcome outcome)
      throws Exception {
    String after = newest(run);
    assertThat(after).as("newest checkpoint after %s", moment).isGreaterThanOrEqualTo(before);
    if (outcome.exitCode() == 0) {
      return false;
    }
    assertThat(outcome.exitCode()).as("%s: %s", moment, outcome).isEqualTo(137);
    tally.count(moment);
    return true;
  }

  /** Returns the name of the newest checkpoint, which has to be whole; nothing where none is. */
  private String newest(String run) {
    CheckpointStore checkpoints =
        CheckpointStore.forReading(roundel.work().resolve(run).resolve("checkpoints"));
    if (checkpoints.list().isEmpty()) {
      return "";
    }
    NewestCheckpoint newest = checkpoints.newestValid();
    try (Checkpoint checkpoint = newest.checkpoint()) {
      assertThat(newest.passedOver()).isEmpty();
      return checkpoint.name();
    }
  }

  private void assertEndsAs(Map<String, String> expected, String run, List<String> settings)
      throws Exception {
    files.letBe();
    Outcome outcome = train(run, settings).end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    Map<String, String> found = RunContent.of(roundel.work().resolve(run));
    assertThat(RunContent.differences(expected, found)).isEmpty();
    ends++;
  }
}
