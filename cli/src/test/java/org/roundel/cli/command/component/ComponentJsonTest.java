package org.roundel.cli.command.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.plugin.PluginRegistry;

class ComponentJsonTest {
  private final InProcess roundel =
      InProcess.with(directory -> PluginRegistry.of(new ExamplePlugin()));

  @Test
  void listsWhatTheTextLists() throws IOException {
    JsonNode listed = json(roundel, "list", "--json");
    assertThat(listed.get("failed_plugins")).isEmpty();
    assertThat(listed.get("components").findValuesAsText("name"))
        .containsExactly("rounding", "net-DEPTH", "pictures", "rounding");
    JsonNode model = json(roundel, "list", "model", "--json").get("components").get(0);
    assertThat(model.get("kind").textValue()).isEqualTo("model");
    assertThat(model.get("example").textValue()).isEqualTo("net-20");
    assertThat(model.get("added").booleanValue()).isFalse();
    assertThat(roundel.run("list", "model", "--long").out())
        .contains(
            model.get("name").textValue(),
            model.get("description").textValue(),
            "version " + model.get("version").textValue() + ", " + model.get("jar").textValue());
    assertThat(json(roundel, "list", "schedule", "--json").get("components")).isEmpty();
  }

  @Test
  void describesEachOptionAsTheTextDoes() throws IOException {
    JsonNode described = json(roundel, "describe", "quantizer/rounding", "--json");
    JsonNode options = described.get("components").get(0).get("options");
    String text = roundel.run("describe", "quantizer/rounding").out();
    assertThat(options).hasSize(2);
    for (JsonNode option : options) {
      assertThat(text)
          .contains(
              "quantizer."
                  + option.get("name").textValue()
                  + "="
                  + option.get("default").textValue(),
              option.get("range").textValue(),
              option.get("help").textValue());
    }
    JsonNode family = json(roundel, "describe", "net", "--json").get("components").get(0);
    assertThat(family.get("name_options").get(0).get("name").textValue()).isEqualTo("depth");
    assertThat(json(roundel, "describe", "rounding", "--json").get("components")).hasSize(2);
  }

  @Test
  void tellsApartWhatAUserAdded(@TempDir Path home) throws IOException {
    Files.createDirectory(home.resolve("plugins"));
    Files.createDirectory(home.resolve("lib"));
    Files.write(home.resolve("lib/plugins.txt"), List.of("roundel-rounding.jar"));
    InProcess installed = InProcess.with(home, directory -> PluginRegistry.of(new ExamplePlugin()));
    JsonNode first = json(installed, "list", "--json").get("components").get(0);
    assertThat(first.get("added").booleanValue()).isTrue();
    String listed = installed.run("list").out();
    assertThat(listed.lines()).allMatch(line -> line.length() <= 80);
    assertThat(listed.substring(listed.indexOf("\n\nadded")).replaceAll("\\s+", " "))
        .isEqualTo(
            " added here, not a part of Roundel "
                + first.get("jar").textValue()
                + ": quantizer rounding, model net-DEPTH, dataset pictures, dataset rounding ");
  }

  private static JsonNode json(InProcess roundel, String... arguments) throws IOException {
    Outcome outcome = roundel.run(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    return new JsonMapper().readTree(outcome.out());
  }
}
