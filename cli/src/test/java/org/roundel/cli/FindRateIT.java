package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged program looks for a learning rate. */
class FindRateIT extends OwnInstallation {
  /** How the rate of a run falls is no option of this command. */
  private static final List<String> TINY =
      Installation.TINY_RUN.stream()
          .filter(argument -> !argument.startsWith("--schedule"))
          .toList();

  private static String[] tiny(String... more) {
    List<String> arguments = new ArrayList<>(List.of("find-rate"));
    arguments.addAll(TINY);
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** In full precision, at rates up to 1000. */
  @Test
  void endsWhereTrainingDivergesAndPrintsTheSameTwice() throws Exception {
    String[] arguments =
        tiny("--quantizer=none", "--optimizer=sgd", "--lowest=1e-4", "--highest=1000", "--json");
    Outcome first = roundel.run(arguments);
    assertThat(first.exitCode()).as("%s", first).isZero();
    JsonNode json = new JsonMapper().readTree(first.out());
    assertThat(json.get("end").asText()).isIn("loss-rose", "not-finite");
    assertThat(json.get("updates").size()).isBetween(20, 199);
    assertThat(json.at("/updates/0/moved_share").isNull()).isTrue();
    assertThat(roundel.run(arguments).out()).isEqualTo(first.out());
  }

  @Test
  void writesNothingButTheFileThatIsAskedFor() throws Exception {
    Outcome outcome = roundel.run(tiny("--updates=50", "--csv=rates.csv"));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(outcome.out())
        .startsWith("Trying learning rates for ")
        .containsPattern("(?m)^  update  rate +moved +smoothed loss$")
        .endsWith("\n  updates    rates.csv\n");
    assertThat(Files.readAllLines(roundel.work().resolve("rates.csv")))
        .hasSizeBetween(2, 51)
        .first()
        .isEqualTo("update,rate,loss,smoothed_loss,moved_share");
    try (Stream<Path> files = Files.list(roundel.work())) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("rates.csv");
    }
  }
}
