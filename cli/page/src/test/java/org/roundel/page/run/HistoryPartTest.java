package org.roundel.page.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.SampleRun;

class HistoryPartTest {
  @TempDir Path directory;

  @Test
  void readsOnWhereItEndedAndLeavesHalfALineForLater() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    Path file = run.directory().resolve("history.jsonl");
    assertThat(HistoryPart.read(file, 0)).isEqualTo(part(0, 0));

    run.epoch(1, 0.5);
    String second = SampleRun.line(2, 0.25);
    run.append("history.jsonl", second.substring(0, 30));
    HistoryPart first = HistoryPart.read(file, 0);
    assertThat(first.epochs()).hasSize(1);
    assertThat(first.epochs().get(0)).hasToString(SampleRun.line(1, 0.5));
    assertThat(HistoryPart.read(file, first.next())).isEqualTo(part(first.next(), first.next()));

    run.append("history.jsonl", second.substring(30) + "\n");
    HistoryPart next = HistoryPart.read(file, first.next());
    assertThat(next.epochs()).hasSize(1);
    assertThat(next.epochs().get(0)).hasToString(second);
    assertThat(next.next()).isEqualTo(Files.size(file));
  }

  @Test
  void beginsAgainWhereTheFileIsShorterThanWhatWasSeen() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    run.epoch(1, 0.5);
    Path file = run.directory().resolve("history.jsonl");
    HistoryPart part = HistoryPart.read(file, 100_000);
    assertThat(part.from()).isZero();
    assertThat(part.epochs()).hasSize(1);
  }

  @Test
  void namesWhatIsDamagedAndShowsTheRest() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    run.epoch(1, 0.5);
    run.append("history.jsonl", "\u0000\u0000garbage\n{\"epoch\":2}\n[]\n{\"epoch\n");
    run.epoch(3, 0.25);
    HistoryPart part = HistoryPart.read(run.directory().resolve("history.jsonl"), 0);
    assertThat(part.epochs())
        .extracting(epoch -> epoch.get("epoch").intValue())
        .containsExactly(1, 3);
    assertThat(part.problems().texts())
        .hasSize(4)
        .allMatch(problem -> problem.startsWith("history.jsonl has a line that is damaged: "));
  }

  @Test
  void readsALongHistoryInParts() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    StringBuilder lines = new StringBuilder();
    for (int epoch = 1; epoch <= 6000; epoch++) {
      lines.append(SampleRun.line(epoch, 0.5)).append('\n');
    }
    run.append("history.jsonl", lines.toString());
    Path file = run.directory().resolve("history.jsonl");
    int epochs = 0;
    int parts = 0;
    long seen = 0;
    for (HistoryPart part = HistoryPart.read(file, 0);
        part.next() > seen;
        part = HistoryPart.read(file, seen)) {
      epochs += part.epochs().size();
      parts++;
      seen = part.next();
    }
    assertThat(epochs).isEqualTo(6000);
    // A part has 128 KiB at most, and the end of the last of its lines is not far from there.
    assertThat(parts).isBetween((int) (Files.size(file) >> 17), (int) (Files.size(file) >> 17) + 2);
  }

  @Test
  void anEpochWithoutItsNumbersIsDamaged() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    List<String> damaged =
        List.of(
            "{\"epoch\":1,\"train\":{},\"test\":{}}",
            "{\"epoch\":1,\"train\":{},\"test\":{\"error\":\"0.5\"}}",
            "{\"epoch\":1.5,\"train\":{},\"test\":{\"error\":0.5}}");
    run.append("history.jsonl", String.join("\n", damaged) + "\n");
    run.epoch(2, 0.5);
    HistoryPart part = HistoryPart.read(run.directory().resolve("history.jsonl"), 0);
    assertThat(part.epochs()).hasSize(1);
    assertThat(part.problems().texts()).hasSize(3);
    RunSummary summary = RunSummary.read(run.directory());
    assertThat(summary.best()).isEqualTo(new RunSummary.Result(2, 0.5));
    assertThat(summary.problems()).hasSize(3);
  }

  @Test
  void aLineThatIsLongerThanAPartIsReadWholeAndOneThatIsFarTooLongIsNamed() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    String line = SampleRun.line(1, 0.5);
    String longer = line.replace("\"w\"", "\"" + "w".repeat(300_000) + "\"");
    run.append("history.jsonl", longer + "\n" + line + "\n");
    Path file = run.directory().resolve("history.jsonl");
    HistoryPart first = HistoryPart.read(file, 0);
    assertThat(first.epochs().get(0)).hasToString(longer);
    assertThat(first.epochs().size() + HistoryPart.read(file, first.next()).epochs().size())
        .isEqualTo(2);
    Files.writeString(file, "x".repeat(3_000_000) + "\n");
    assertThat(HistoryPart.read(file, 0).problems().texts())
        .containsExactly("history.jsonl has a line of more than 2097152 bytes");
  }

  private static HistoryPart part(long from, long next) {
    return new HistoryPart(from, next, List.of(), Problems.NONE);
  }
}
