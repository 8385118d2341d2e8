package org.roundel.cli.command.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.plugin.PluginRegistry;

class DataJsonTest {
  private final InProcess roundel =
      InProcess.with(directory -> PluginRegistry.of(new ExamplePlugin()));

  @Test
  void listsWhatTheTableLists() throws IOException {
    JsonNode datasets = json(roundel.run("data", "list", "--json")).get("datasets");
    String table = roundel.run("data", "list").out();
    assertThat(datasets.findValuesAsText("name")).containsExactly("pictures", "rounding");
    JsonNode pictures = datasets.get(0);
    assertThat(pictures.get("needs_directory").booleanValue()).isTrue();
    assertThat(pictures.get("is_there").booleanValue()).isFalse();
    assertThat(table).contains(pictures.get("usual_directory").textValue() + " (not there)");
    assertThat(pictures.get("downloads").get(0).get("address").textValue()).startsWith("https://");
    assertThat(datasets.get(1).has("usual_directory")).isFalse();
    assertThat(datasets.get(1).get("downloads")).isEmpty();
  }

  @Test
  void tellsOfEachFileWhatTheTextTells(@TempDir Path directory) throws IOException {
    String[] verify = {"data", "verify", "pictures", "--data-dir", directory.toString(), "--json"};
    Files.createFile(directory.resolve("one"));
    Outcome half = roundel.run(verify);
    assertThat(half.exitCode()).isEqualTo(3);
    assertThat(half.err()).startsWith("roundel: 1 of 2 files of pictures");
    JsonNode checked = json(half);
    assertThat(checked.get("directory").textValue()).isEqualTo(directory.toString());
    assertThat(checked.get("files").findValuesAsText("file")).containsExactly("one", "two");
    assertThat(checked.get("files").findValuesAsText("finding"))
        .containsExactly("published", "unusable");
    assertThat(checked.get("files").get(1).get("detail").textValue()).isEqualTo("missing; draw it");
    Files.createFile(directory.resolve("two"));
    assertThat(roundel.run(verify).exitCode()).isZero();
    assertThat(json(roundel.run("data", "verify", "rounding", "--json")).get("files")).isEmpty();
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    return new JsonMapper().readTree(outcome.out());
  }
}
