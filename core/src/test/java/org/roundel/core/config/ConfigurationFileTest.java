package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;

class ConfigurationFileTest {
  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("run.yaml"), text);
  }

  private Map<String, String> read(String text) throws IOException {
    return ConfigurationFile.readYaml(file(text));
  }

  private void refuses(String text, String... parts) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> ConfigurationFile.readYaml(file))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(parts);
  }

  @Test
  void readsAFlatMapWithLists() throws IOException {
    assertThat(read("model: resnet-20 # the small one\n\nschedule.milestones: [82, 122]\n"))
        .isEqualTo(Map.of("model", "resnet-20", "schedule.milestones", "82,122"));
    assertThat(read("schedule.milestones:\n- 82\n- 122\n"))
        .isEqualTo(Map.of("schedule.milestones", "82,122"));
  }

  /** What YAML 1.1 or 1.2 would make a number, a flag, a time or nothing of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "010", "0o10", "0x10", "0b1", "1_000", "1:30", ".5", "5.", "1e3", "1.0e-2", "+1", "-0",
        "yes", "No", "on", "OFF", "y", "True", "~", "null", "NULL", ".inf", ".nan", "2001-12-14",
        "12345678901234567890123", "0.10", "=", "stage*", "<<"
      })
  void aPlainScalarIsItsText(String text) throws IOException {
    assertThat(read("seed: " + text + "\n")).isEqualTo(Map.of("seed", text));
    assertThat(read("a: [" + text + "]\n")).isEqualTo(Map.of("a", text));
    assertThat(read(text + ": 1\n")).isEqualTo(Map.of(text, "1"));
  }

  @Test
  void aSeedWithALeadingZeroIsTheOneOfTheCommandLine() throws IOException {
    assertThat(RunConfiguration.of(read("seed: 010\n")).get(RunSettings.SEED)).isEqualTo(10);
  }

  @Test
  void aDocumentMayBeMarked() throws IOException {
    assertThat(read("---\nseed: 1\n...\n")).isEqualTo(Map.of("seed", "1"));
    assertThat(read("\uFEFFseed: 1\r\nmodel: x\r\n")).isEqualTo(Map.of("seed", "1", "model", "x"));
  }

  @Test
  void aSecondDocumentIsRefused() throws IOException {
    refuses("seed: 1\n---\nseed: 2\n", "line 2: a second document begins here");
    refuses("seed: 1\n---\n", "line 2: a second document");
    refuses("seed: 1\n...\nepochs: 3\n", "line 3, column 1: a second document");
  }

  @Test
  void whatPutsOneValueInSeveralPlacesIsRefused() throws IOException {
    refuses("w: &w /a\ndata-dir: *w\n", "line 1: &w names a value for use elsewhere");
    refuses(
        "model: a\ndata-dir: *w\n",
        "line 2: the value of 'data-dir' is *w",
        "If this is the text, put it in quotes: '*w'");
    refuses("quantize: *weight\n", "line 1: the value of 'quantize' is *weight", "'*weight'");
    refuses("*k : 1\n", "line 1: a key is *k");
    refuses("a: [1, *w]\n", "line 1: an element of 'a' is *w");
    refuses("<<: {a: 1}\n", "line 1: the value of '<<' is a map");
    refuses("&m\na: 1\n", "line 1: &m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/weight", "*?eight", "*", "@x", "`x`", "%x", "a: b", "[x", "\"x"})
  void theErrorOfUnquotedTextSaysHowToQuote(String text) throws IOException {
    refuses("model: x\nquantize: " + text + "\n", "line 2", "in quotes");
  }

  @Test
  void quotedTextIsItsText() throws IOException {
    assertThat(read("quantize: '*weight'\ndata-dir: \"a\\tb\"\n"))
        .isEqualTo(Map.of("quantize", "*weight", "data-dir", "a\tb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"seed: !!int 1", "seed: !mine 1", "seed: ! 1", "!!map {a: 1}", "a: !!seq [1]"})
  void tagsAreRefused(String text) throws IOException {
    refuses("\n" + text + "\n", "line 2: '", "gives a value a type");
  }

  @Test
  void aKeyStandsOnce() throws IOException {
    refuses("seed: 1\nmodel: x\n'seed': 2\n", "line 3: the key 'seed' stands on line 1 already");
  }

  @Test
  void nothingIsNested() throws IOException {
    refuses(
        "quantizer:\n  delta: 0.5\n", "line 2", "'quantizer' is a map; write its keys with a dot");
    refuses("a: [[1]]\n", "an element of 'a' is a list or a map");
    refuses("? [a]\n: 1\n", "a key is a list or a map");
  }

  @ParameterizedTest
  @CsvSource({"[", "{", "'a: {'", "'a: ['", "'- '", "'? '", "'&a [*a,'", "'a: &a [*a, '", "'!'"})
  void deepNestingEndsAtOnce(String unit) throws IOException {
    refuses(unit.repeat((1 << 20) / unit.length()), "run.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "- model\n", "model\n", "---\n"})
  void whatIsNoMapIsRefused(String text) throws IOException {
    refuses(text, "does not hold a map");
  }

  @Test
  void otherBytesThanTextAreRefused() throws IOException {
    refuses("model: x\nseed: \0\n", " line 2: the character U+0000 is not allowed in YAML");
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "data-dir: dätä\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigurationFile.readYaml(file))
        .hasMessage(file + " is not in UTF-8; save it so");
  }

  @Test
  void longTextIsNotRepeatedInFull() throws IOException {
    String long1 = "x".repeat(300_000);
    for (String text :
        List.of(
            long1 + ": {a: 1}\n",
            "a: *" + long1 + "\n",
            "a: &" + long1 + " 1\n",
            "a: !" + long1 + " 1\n",
            "'" + long1 + "': 1\n'" + long1 + "': 1\n",
            "a: \"\\x" + long1 + "\"\n",
            "a: %" + long1 + "\n")) {
      Path file = file(text);
      assertThatThrownBy(() -> ConfigurationFile.readYaml(file))
          .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1000));
    }
  }

  @Test
  void anyTextSurvivesTheFile() throws IOException {
    long seed = 20260131;
    Random random = new Random(seed);
    String special = "'\"\\:#-?*&!|>%@`{}[],~=<\n\r\t \0\u001b\u0085\u00a0\u2028\ufeff\u007fä€0x1";
    for (int round = 0; round < 300; round++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int count = 0; count < 10; count++) {
        values.put(text(random, special), text(random, special));
      }
      values.put("long " + "k".repeat(200), "v ".repeat(500));
      values.put("emoji", "\uD83D\uDE00");
      values.put("empty", "");
      assertThat(read(ConfigurationFile.toYaml(values))).as("seed %d", seed).isEqualTo(values);
    }
  }

  private static String text(Random random, String special) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(special.charAt(random.nextInt(special.length())));
    }
    return text.toString();
  }

  @Test
  void aConfigurationIsWrittenWithoutQuotesWhereItCanBe() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", "resnet-20");
    values.put("quantize", "*weight");
    values.put("seed", "010");
    values.put("empty", "");
    assertThat(ConfigurationFile.toYaml(values))
        .isEqualTo("model: resnet-20\nquantize: '*weight'\nseed: '010'\nempty: ''\n");
  }

  @Test
  void aManifestIsOneObjectOfTextsAndNumbers() throws IOException {
    Path file = directory.resolve("manifest.json");
    Files.writeString(
        file,
        "{\"configuration\": {\"seed\": 7, \"model\": \"x\", \"a.b\": true, \"l\": [8, 12]}}\n");
    assertThat(ConfigurationFile.readManifest(file))
        .isEqualTo(Map.of("seed", "7", "model", "x", "a.b", "true", "l", "8,12"));
    Files.writeString(file, "{\"configuration\": {}}\n\n{\"configuration\": {\"seed\": 1}}");
    assertThatThrownBy(() -> ConfigurationFile.readManifest(file))
        .hasMessage(
            file
                + " line 3, column 1: text follows the object; a manifest.json is one object and"
                + " nothing else");
    for (String text : List.of("more", "]", ",", "\u0000")) {
      Files.writeString(file, "{\"configuration\": {}}\n" + text);
      assertThatThrownBy(() -> ConfigurationFile.readManifest(file))
          .hasMessageStartingWith(file + " line 2, column ")
          .hasMessageContaining("text follows the object");
    }
    for (String value : List.of("null", "{}", "[[1]]")) {
      Files.writeString(file, "{\"configuration\": {\"seed\": " + value + "}}");
      assertThatThrownBy(() -> ConfigurationFile.readManifest(file))
          .hasMessageContaining("the configuration's 'seed' is neither text nor a number");
    }
  }

  @Test
  void aTreeHasEveryPartWithItsLine() throws IOException {
    YamlNode.Mapping tree =
        ConfigurationFile.readTree(file("a: 010\nb:\n  - x\n  - {c: [no]}\nd: {}\n"));
    assertThat(tree.entries().keySet()).containsExactly("a", "b", "d");
    assertThat(tree.entries().get("a"))
        .isEqualTo(new YamlNode.Entry(1, new YamlNode.Text("010", 1)));
    YamlNode.Sequence list = (YamlNode.Sequence) tree.entries().get("b").value();
    assertThat(list.elements().get(0)).isEqualTo(new YamlNode.Text("x", 3));
    YamlNode.Mapping inner = (YamlNode.Mapping) list.elements().get(1);
    assertThat(inner.entries().get("c"))
        .isEqualTo(
            new YamlNode.Entry(4, new YamlNode.Sequence(List.of(new YamlNode.Text("no", 4)), 4)));
    assertThat(tree.entries().get("d").value()).isEqualTo(new YamlNode.Mapping(Map.of(), 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: {b: 1, b: 2}       | line 1: the key 'b' stands on line 1 already; give it once
          a: [{b: *c}]          | line 1: the value of 'b' is *c, which to YAML stands for
          a: [&c {b: 1}]        | line 1: &c names a value for use elsewhere
          a: [[[[[[[[[1]]]]]]]] | line 1: 'a' is nested deeper than anything that is read
          """)
  void aTreeRefusesWhatAFlatFileRefuses(String text, String message) throws IOException {
    Path file = file(text + "\n");
    assertThatThrownBy(() -> ConfigurationFile.readTree(file))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(file + " " + message);
  }
}
