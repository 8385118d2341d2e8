package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.c.CompiledNet;

/** The packaged program shows nets and lets them go, small and exact. */
@Tag("thorough")
class ShipIT extends OwnInstallation {
  private static final Path PAGE = Path.of("..", "docs", "ship.md");

  /** Bits of the first convolution's weights after a run with a method and its options. */
  private static final Map<String, Integer> BITS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("binary-connect", 1),
              Map.entry("stochastic-rounding --set quantizer.scale=0.25", 1),
              Map.entry("ternary", 2),
              Map.entry("binary-weight", 1),
              Map.entry("he-sign", 1),
              Map.entry("dorefa", 2),
              Map.entry("lsq", 4),
              Map.entry("uniform --set quantizer.bits=8 --set quantizer.granularity=channel", 8),
              Map.entry("bop", 1),
              Map.entry("ttq", 2),
              Map.entry("parq", 2),
              Map.entry("parq --set quantizer.bits=ternary", 2),
              Map.entry("none", 32)));

  private JsonNode inspected(String source) throws Exception {
    Outcome outcome = roundel.run("inspect", source, "--json");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return new JsonMapper().readTree(outcome.out());
  }

  @Test
  void everyMethodLeavesExactAndInItsBits() throws Exception {
    int number = 0;
    for (Map.Entry<String, Integer> method : BITS.entrySet()) {
      String run = "run" + number++;
      List<String> options = new ArrayList<>(List.of("--quantize=all", "--set=epochs=1", "-q"));
      options.add("--run-dir=" + run);
      options.addAll(List.of(("--quantizer " + method.getKey()).split(" ")));
      Outcome trained = roundel.train(options.toArray(String[]::new));
      assertThat(trained.exitCode()).as("%s: %s", method, trained).isZero();
      String file = run + ".safetensors";
      Outcome exported = roundel.run("export", run, "--format=safetensors", "--out=" + file);
      assertThat(exported.exitCode()).as("%s: %s", method, exported).isZero();
      assertThat(exported.out()).contains(file).contains(" in float32");
      JsonNode ofRun = inspected(run);
      assertThat(inspected(file)).as("%s", method).isEqualTo(ofRun);
      JsonNode weights = ofRun.at("/layers/0/arrays/0");
      assertThat(weights.path("bits").asInt()).as("%s", method).isEqualTo(method.getValue());
      assertThat(weights.path("quantized").asBoolean()).isEqualTo(method.getValue() < 32);
      assertThat(ofRun.path("classes")).hasSize(2);
    }
  }

  @Test
  void refusesWhatCannotBeExportedAndLeavesNothingBehind() throws Exception {
    assertThat(
            roundel
                .train("--quantizer=uniform", "--set=quantizer.bits=9", "--run-dir=fine", "-q")
                .exitCode())
        .isZero();
    Outcome tooFine = roundel.run("export", "fine", "--format=safetensors", "--out=net");
    assertThat(tooFine.exitCode()).isEqualTo(3);
    assertThat(tooFine.err()).contains("has 511 levels; allowed: at most 256");
    assertThat(roundel.run("inspect", "fine").exitCode()).isZero();

    Installation.Running running = roundel.startTraining("--run-dir=half", "--set=epochs=50");
    running.awaitLine(" 1/50 ");
    running.signal("INT");
    running.end();
    Outcome half = roundel.run("export", "half", "--format=safetensors", "--out=net");
    assertThat(half.exitCode()).isEqualTo(3);
    assertThat(half.err()).containsPattern("half is not finished: it has made \\d+ of 50 epochs");

    Outcome unknown = roundel.run("export", "fine", "--format=safetensor", "--out=net");
    assertThat(unknown.err()).contains("safetensors");
    Outcome option =
        roundel.run("export", "fine", "--format=safetensors", "--out=net", "--set", "fold=true");
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err()).contains("--set takes options of the exporter here");
    Outcome notAFile = roundel.run("inspect", "fine/manifest.json");
    assertThat(notAFile.exitCode()).isEqualTo(3);
    assertThat(notAFile.err()).contains("is no file that this program can read a net from");
    assertThat(Files.exists(roundel.work().resolve("net"))).isFalse();
    assertThat(roundel.work()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void saysWhatStaysInFloatAndWhatTrainingNeeds() throws Exception {
    Outcome summary =
        roundel.run("summary", "vgg-9", "--dataset", "synthetic", "--batch-size", "2");
    assertThat(summary.exitCode()).as("%s", summary).isZero();
    assertThat(summary.out().replaceAll("\\s+", " "))
        .contains("in float32", "--quantize conv leaves", "With --quantize all the net takes")
        .contains("latent weights")
        .contains("activations");
    Outcome all =
        roundel.run(
            "summary",
            "vgg-9",
            "--dataset=synthetic",
            "--batch-size=2",
            "--quantize=all",
            "--quantizer=stochastic-rounding",
            "--json");
    assertThat(all.exitCode()).as("%s", all).isZero();
    JsonNode net = new JsonMapper().readTree(all.out());
    assertThat(net.at("/training_bytes/latent_weights").asLong()).isZero();
    assertThat(net.path("float32_bytes").asDouble() / net.path("packed_bytes").asDouble())
        .isGreaterThan(30);
  }

  /** Python reads the same numbers as the program, and gcc makes a program of them. */
  @Test
  void thePageRunsAsItIsWritten() throws Exception {
    TestImages.write(roundel.work().resolve("images"), 28, 12);
    List<String> blocks = new ArrayList<>(blocks("sh"));
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(7);
    List<String> compiled = blocks.stream().filter(block -> block.contains("gcc ")).toList();
    assertThat(compiled).hasSize(1);
    blocks.removeAll(compiled);
    String script = "set -eux\n" + String.join("\n", blocks);
    assertThat(bash(script)).contains("1/", "resnet-20 on fashion-mnist-mini");
    assertThat(Files.readAllLines(roundel.work().resolve("classes.csv")))
        .hasSize(13)
        .first()
        .isEqualTo("file,rank,index,class,probability,score");
    theJavaOnThePageSaysTheSame();
    List<String> python = blocks("python");
    assertThat(python).hasSize(1);
    Files.writeString(roundel.work().resolve("read.py"), python.get(0));
    String printed = bash("set -eu\npython3 read.py net.safetensors\n");
    for (JsonNode layer : inspected("net.safetensors").path("layers")) {
      for (JsonNode array : layer.path("arrays")) {
        if (array.path("quantized").asBoolean()) {
          assertThat(printed)
              .contains(
                  String.format(
                      Locale.ROOT,
                      "%s %s %d values",
                      array.path("name").asText(),
                      array.path("shape").toString().replace(",", ", "),
                      array.path("levels").size()));
        }
      }
    }
    CompiledNet.require("gcc");
    List<String> classes = new ArrayList<>();
    inspected("net.safetensors").path("classes").forEach(name -> classes.add(name.asText()));
    assertThat(bash("set -eu\n" + compiled.get(0)))
        .containsPattern("(?m)^(" + String.join("|", classes) + ")$")
        .containsPattern("text\\s+data\\s+bss");
  }

  /** By plain Java and the library's own JARs, and their natives as JavaCPP unpacks them. */
  private void theJavaOnThePageSaysTheSame() throws Exception {
    PlainJava java = new PlainJava(directory.resolve("plain"));
    assertThat(java.jars())
        .isNotEmpty()
        .noneMatch(jar -> jar.getFileName().toString().matches("(nd4j|deeplearning4j|guava).*"));
    assertThat(java.megabytes()).isLessThan(35);
    java.compile("Classify.java", blocks("java Classify.java").get(0));
    for (int number = 0; number < 3; number++) {
      String image = "images/" + number + ".png";
      Outcome predicted = roundel.run("predict", "net.safetensors", image, "--json");
      assertThat(predicted.exitCode()).as("%s", predicted).isZero();
      JsonNode best = new JsonMapper().readTree(predicted.out()).at("/images/0/classes/0");
      String printed = java.run(roundel.work(), "Classify", "net.safetensors", image);
      String probability = printed.substring(printed.lastIndexOf(' ') + 1).strip();
      assertThat(printed).startsWith(best.path("class").asText() + " ");
      assertThat(Double.parseDouble(probability))
          .isCloseTo(best.path("probability").asDouble(), within(1e-5));
    }
  }

  @Test
  void aFilePredictsAndIsEvaluatedAsItsRun() throws Exception {
    assertThat(roundel.train("--quantize=all", "--run-dir=run", "-q").exitCode()).isZero();
    Outcome exported = roundel.run("export", "run", "--format=safetensors", "--out=net");
    assertThat(exported.exitCode()).as("%s", exported).isZero();
    Path images = TestImages.write(roundel.work().resolve("images"), 8, 40);
    JsonNode byFile = predicted(0, "net", "images", "--top=2");
    assertThat(byFile.path("images")).hasSize(40);
    assertThat(byFile.at("/images/1/file").asText()).isEqualTo("images/1.png");
    for (JsonNode image : byFile.path("images")) {
      double sum = 0;
      for (JsonNode one : image.path("classes")) {
        sum += one.path("probability").asDouble();
      }
      assertThat(image.path("classes")).hasSize(2);
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
    assertThat(predicted(0, "run", "images", "--top=2")).isEqualTo(byFile);

    TestImages.write(images.resolve("large"), 9, 1);
    Files.writeString(images.resolve("text.png"), "not an image");
    JsonNode some =
        predicted(3, "net", "images/text.png", "images/large", "images/none.png", "images/0.png");
    assertThat(some.path("images")).hasSize(1);
    assertThat(some.path("unreadable")).hasSize(3);
    Outcome named = roundel.run("predict", "net", "images/large/0.png", "images/0.png");
    assertThat(named.exitCode()).isEqualTo(3);
    assertThat(named.err())
        .contains("images/large/0.png: it has 9x9 pixels, and the net takes 8x8");
    assertThat(named.out()).contains("FILE", "PROBABILITY", "images/0.png").doesNotContain("large");

    Outcome run = roundel.run("evaluate", "run");
    List<String> evaluate = new ArrayList<>(List.of("evaluate", "net"));
    Installation.TINY_RUN.stream().filter(o -> o.startsWith("--set")).forEach(evaluate::add);
    Outcome file = roundel.run(evaluate.toArray(String[]::new));
    assertThat(file.exitCode()).as("%s", file).isZero();
    String row = run.out().lines().filter(line -> line.contains(" %")).findFirst().orElseThrow();
    assertThat(file.out()).contains(row.replaceFirst("^ *\\S+ +", "").strip());
  }

  private JsonNode predicted(int exitCode, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("predict"));
    all.addAll(List.of(arguments));
    all.add("--json");
    Outcome outcome = roundel.run(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    return new JsonMapper().readTree(outcome.out());
  }

  @Test
  void refusesWhatCannotBePredictedOrEvaluatedInASentence() throws Exception {
    assertThat(roundel.train("--run-dir=run", "-q").exitCode()).isZero();
    assertThat(roundel.run("export", "run", "--format=safetensors", "--out=net").exitCode())
        .isZero();
    Path image = TestImages.write(roundel.work().resolve("images"), 8, 1).resolve("0.png");
    Path net = roundel.work().resolve("net");
    byte[] whole = Files.readAllBytes(net);
    Files.write(roundel.work().resolve("cut"), Arrays.copyOf(whole, whole.length - 3));
    whole[whole.length - 3] ^= 1;
    Files.write(roundel.work().resolve("altered"), whole);
    refused(3, "cut is a net packed by Roundel, but cut short", "predict", "cut", "images");
    String nothing = "there is neither a run directory nor an exported file none. Check the path.";
    refused(3, nothing, "predict", "none", "images");
    refused(3, nothing, "inspect", "none");
    refused(3, nothing, "evaluate", "none");
    refused(3, "SHA-256 is not the one", "evaluate", "altered");
    refused(3, "there is no image in runs", "predict", "net", "runs");
    refused(
        3, "is no file that this program can read a net from", "predict", image.toString(), "net");
    refused(2, "IMAGE|DIR", "predict", "net");
    refused(
        2, "--top is how many classes, at least 1; found 0", "predict", "net", "images", "--top=0");
    refused(
        3,
        "there is no inference 'onedn'; did you mean 'onednn'?",
        "predict",
        "net",
        "images",
        "--inference=onedn");
    refused(
        3, "the net takes images of 1x8x8, and those of synthetic are 3x32x32", "evaluate", "net");
    refused(2, "--dataset is of exported files", "evaluate", "run", "--dataset=synthetic");
    refused(2, "--checkpoint is of runs; net is a file", "evaluate", "net", "--checkpoint=best");
    refused(
        2, "--checkpoint is of runs; net is a file", "predict", "net", "images", "--checkpoint=x");
    refused(2, "--checkpoint is of runs; net is a file", "inspect", "net", "--checkpoint=newest");
    refused(2, "--set takes options of the dataset here", "evaluate", "net", "--set=epochs=2");
  }

  private void refused(int exitCode, String message, String... arguments) throws Exception {
    Files.createDirectories(roundel.work().resolve("runs"));
    Outcome outcome = roundel.run(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    assertThat(outcome.err().replaceAll("\\s+", " ")).contains(message);
    assertThat(outcome.out()).isEmpty();
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private String bash(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("script.sh"), script);
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", file.toString())
            .directory(roundel.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String bin = roundel.plugins().resolveSibling("bin").toString();
    builder.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int exitCode = builder.start().waitFor();
    assertThat(exitCode).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }
}
