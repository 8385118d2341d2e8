package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.crash.FileLog.Operation;

/**
 * Commands other than a training's, killed by SIGKILL in any of their operations on files and given
 * again: what they make is there whole, and what they only read is as it was.
 */
class KilledCommandsIT extends OwnInstallation {
  private static final int KILLS = Integer.getInteger("roundel.crash.command-kills", 6);
  private static final int EVERYDAY_KILLS = 2;
  private static final long SEED = 22;

  /** Operations that a log has, but for those that open a file to read it. */
  private static final String LOGGED = "@(create|write|sync|truncate|rename|mkdir|delete)";

  private static final String UNDISTURBED = "undisturbed";
  private static final String KILLED = "killed";

  /** Files whose bytes follow from the command: those it makes itself, and those of trainings. */
  private static final Pattern COMPUTED =
      Pattern.compile(".*:|.*/(.*\\.safetensors|history\\.jsonl|config\\.yaml)");

  private static final List<String> TINY_NET =
      List.of(
          "model: resnet-8",
          "dataset: synthetic",
          "batch-size: 8",
          "epochs: 2",
          "dataset.train-size: 16",
          "dataset.test-size: 8",
          "dataset.height: 8",
          "dataset.width: 8");

  private static final Pattern OLD_CHECKPOINT =
      Pattern.compile(".*/checkpoints/(\\.deleting-)?step-.*");

  private static final Pattern REPORT_OF_A_CELL = Pattern.compile(":(runs/[^/]+)/report\\.html");

  private final Random random = new Random(SEED);
  private final Tally tally = new Tally();
  private WatchedFiles files;
  private Path work;

  @BeforeEach
  void watch() throws Exception {
    work = roundel.work().toRealPath();
    files = WatchedFiles.of(roundel, work, directory);
  }

  @AfterEach
  void print() {
    tally.print("kills of commands, nothing lost");
  }

  @Test
  void anExportIsThereWholeOrNotAtAll() throws Exception {
    trainARun();
    killedAndGivenAgain(EVERYDAY_KILLS, "export run --format safetensors --force --out OUT");
  }

  @Test
  @Tag("thorough")
  void whatReadsARunMakesItsFilesWholeAndLeavesTheRun() throws Exception {
    System.out.println("KilledCommandsIT: seed " + SEED);
    trainARun();
    Map<String, String> run = RecoveredRun.files(work.resolve("run"));
    killedAndGivenAgain(KILLS, "export run --format safetensors --force --out OUT");
    killedAndGivenAgain(KILLS, "export run --format onnx --force --out OUT.onnx");
    killedAndGivenAgain(KILLS, "evaluate run --confusion OUT.csv");
    assertThat(RunContent.differences(run, RecoveredRun.files(work.resolve("run")))).isEmpty();
  }

  @Test
  @Tag("thorough")
  void aSweepAndItsWorkersGoOn() throws Exception {
    List<String> lines = new ArrayList<>(List.of("base:"));
    TINY_NET.forEach(line -> lines.add("  " + line));
    lines.addAll(List.of("  quantizer: stochastic-rounding", "seeds: 1..2", "name: 'seed-{seed}'"));
    Files.write(work.resolve("sweep.yaml"), lines);
    killedAndGivenAgain(KILLS, "sweep sweep.yaml --out OUT");
    killedAndGivenAgain(KILLS, "work --heartbeat 1s OUT");
    assertThat(roundel.run("sweep", "status", KILLED).out()).startsWith("2 cells: 2 finished\n");
  }

  @Test
  @Tag("thorough")
  void anExperimentOfThePaperGoesOn() throws Exception {
    killedAndGivenAgain(
        KILLS,
        "reproduce weight-decay --seeds 1 --part 1/4 --set epochs=1 --set dataset.train-limit=64"
            + " --set dataset.test-limit=20 --out OUT");
  }

  private void trainARun() {
    List<String> command =
        new ArrayList<>(List.of("train", "--quiet", "--run-dir=" + work.resolve("run")));
    TINY_NET.forEach(line -> command.add("--set=" + line.replace(": ", "=")));
    Outcome trained = roundel.runHere(command.toArray(String[]::new));
    assertThat(trained.exitCode()).as("%s", trained).isZero();
  }

  /** OUT is what a command makes, or goes on with. */
  private void killedAndGivenAgain(int kills, String command) throws Exception {
    List<Operation> operations = undisturbed(command);
    List<String> words = List.of(command.replace("OUT", KILLED).split(" "));
    int done = 0;
    for (int attempt = 0; attempt < kills; attempt++) {
      int number = 1 + random.nextInt(operations.size());
      files.kill(new Moment(command, LOGGED, "*", 1), number);
      Outcome outcome = roundel.start(words, "").end();
      if (outcome.exitCode() == 137) {
        done++;
        tally.count(words.get(0) + ": " + operations.get(number - 1).kind());
      }
    }
    assertThat(done).as("kills of %s", command).isPositive();
    files.letBe();
    Outcome again = roundel.start(words, "").end();
    assertThat(again.exitCode()).as("%s", again).isZero();
    Map<String, String> expected = content(UNDISTURBED);
    Map<String, String> found = content(KILLED);
    // A trained cell is not opened again: what its worker did not come to delete stays.
    found
        .keySet()
        .removeIf(file -> OLD_CHECKPOINT.matcher(file).matches() && !expected.containsKey(file));
    for (String file : List.copyOf(expected.keySet())) {
      Matcher report = REPORT_OF_A_CELL.matcher(file);
      if (report.matches() && !found.containsKey(file)) {
        // Nor does it get its report, if its worker was killed before that; who wants it asks.
        Path cell = work.resolve(KILLED).resolve(report.group(1));
        assertThat(roundel.runHere("resume", "--quiet", cell.toString()).exitCode()).isZero();
        found.put(file, "there");
        assertThat(cell.resolve("report.html")).exists();
      }
    }
    assertThat(RunContent.differences(expected, found)).as("made by %s", command).isEmpty();
  }

  /** Lets a command come to its end, and returns what it did to files. */
  private List<Operation> undisturbed(String command) throws Exception {
    Path log = directory.resolve("log-" + command.hashCode());
    files.log(log);
    Outcome outcome =
        roundel.start(List.of(command.replace("OUT", UNDISTURBED).split(" ")), "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    List<Operation> operations =
        FileLog.read(log).stream().filter(operation -> !operation.kind().equals("open")).toList();
    assertThat(operations).hasSizeGreaterThan(2);
    return operations;
  }

  /**
   * Returns what commands have made under a name, but for temporary files and the leases, of which
   * every start has its own. Of pages and notes only that they are there, because they tell of
   * times.
   */
  private Map<String, String> content(String name) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.list(work)) {
      for (Path made : (Iterable<Path>) all::iterator) {
        if (made.getFileName().toString().startsWith(name)) {
          String what = made.getFileName().toString().substring(name.length());
          RunContent.of(made).forEach((file, sum) -> content.put(what + ":" + file, sum));
        }
      }
    }
    content.keySet().removeIf(file -> file.startsWith(":leases/"));
    content.replaceAll((file, sum) -> COMPUTED.matcher(file).matches() ? sum : "there");
    return content;
  }
}
