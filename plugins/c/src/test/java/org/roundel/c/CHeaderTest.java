package org.roundel.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;
import org.roundel.kit.exporter.SampleNets;

class CHeaderTest {
  private static final List<String> FLAGS =
      List.of("-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror");

  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @TempDir Path directory;

  private String export(ShippedNet net, String name) {
    ExportFiles files =
        new ExportFiles() {
          @Override
          public String mainName() {
            return name;
          }

          @Override
          public OutputStream openMain() throws IOException {
            return openBeside(name);
          }

          @Override
          public OutputStream openBeside(String file) throws IOException {
            return Files.newOutputStream(directory.resolve(file));
          }
        };
    try {
      new CExporter(false).export(net, files);
      return Files.readString(directory.resolve(name), StandardCharsets.US_ASCII);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ShippedNet with(
      ShippedNet net, @Nullable PixelScaling scaling, List<String> classNames, String run) {
    NetOrigin origin = net.origin();
    return new ShippedNet(
        net.graph(),
        net.arrays(),
        net.quantized(),
        scaling,
        classNames,
        new NetOrigin(
            origin.model(),
            origin.quantizer(),
            origin.quantize(),
            origin.dataset(),
            new NetOrigin.Checkpoint(run, "step", "0123456789abcdef")));
  }

  /** Compiles a source file, and returns what the compiler says. */
  private String compile(String compiler, String source, String... more) throws IOException {
    Files.writeString(directory.resolve("main.c"), source);
    List<String> command = new ArrayList<>(List.of(compiler));
    command.addAll(List.of(more));
    command.addAll(FLAGS);
    command.addAll(List.of("main.c", "-o", "main", "-lm"));
    return CompiledNet.run(directory, command);
  }

  @Test
  void sizesAndOriginStandInTheHeader() {
    assertThat(export(SampleNets.plain(), "net.h"))
        .contains(
            "#define NET_CHANNELS 3\n",
            "#define NET_HEIGHT 8\n",
            "#define NET_WIDTH 8\n",
            "#define NET_INPUTS 192\n",
            "#define NET_CLASSES 4\n",
            "#define NET_WORKSPACE 400\n",
            "plain, trained on made-up, weights by under-test scale=0.25 (all)",
            "run a-run, checkpoint step-000000007, SHA-256 of its weights " + "0f".repeat(32),
            "(pixel - mean) / deviation",
            "probabilities are their softmax",
            "net_means[] = {\n    120.5f, 100.25f, 90.0f};")
        .doesNotContain("-1.0f, 1.0f");
    assertThat(export(SampleNets.unusual(), "net.h")).doesNotContain("softmax");
  }

  @Test
  void whatTwoOperationsNeedIsWrittenOnce() {
    String header = export(OddNets.sharing(), "net.h");

    assertThat(header.split("/\\* shared ", -1)).hasSize(2);
    assertThat(header.split("static const roundel_window ", -1)).hasSize(2);
  }

  @Test
  void twoNetsFitIntoOneSourceFileInCAndCpp() throws IOException {
    export(SampleNets.plain(), "my-net.h");
    export(SampleNets.unusual(), "2nd.h");
    String source =
        """
        #include "my-net.h"
        #include "2nd.h"
        #include "my-net.h"
        static float workspace[MY_NET_WORKSPACE + NET_2ND_WORKSPACE];
        int main(void) {
          float image[MY_NET_INPUTS + NET_2ND_INPUTS] = {0}, scores[MY_NET_CLASSES];
          my_net_scores(image, scores, workspace);
          net_2nd_scores(image, scores, workspace);
          return (int)roundel_largest(scores, MY_NET_CLASSES) / 4;
        }
        """;
    compile("gcc", source, "-std=c99");
    compile("g++", source, "-x", "c++", "-std=c++11");
    CompiledNet.run(directory, List.of(directory.resolve("main").toString()));
  }

  @Test
  void filesOfTwoVersionsAreNotCompiled() throws IOException {
    export(SampleNets.plain(), "net.h");
    Path interpreter = directory.resolve("roundel.h");
    Files.writeString(
        interpreter, Files.readString(interpreter).replace("ROUNDEL_FORMAT 1", "ROUNDEL_FORMAT 2"));

    assertThatThrownBy(() -> compile("gcc", "#include \"net.h\"\nint main(void) {return 0;}\n"))
        .hasMessageContaining("copy both from one export");
  }

  @Test
  void textsFromOutsideStayTexts() throws IOException {
    List<String> names = List.of("a\"b\\", "??/", "naïve \u4E16", "\u00011\n");
    String run = "x */ int y; /* ??/\n\u202E\\";
    export(with(SampleNets.plain(), null, names, run), "net.h");
    String source =
        """
        #include <stdio.h>
        #include "net.h"
        int main(void) {
          int i;
          for (i = 0; i < NET_CLASSES; i++) {
            printf("%s|", net_class_names[i]);
          }
          return 0;
        }
        """;
    compile("gcc", source, "-std=c99");
    compile("g++", source, "-x", "c++", "-std=c++11");

    assertThat(CompiledNet.run(directory, List.of(directory.resolve("main").toString())))
        .isEqualTo(String.join("|", names) + "|");
  }

  @ParameterizedTest
  @CsvSource({
    "net.h, net",
    "my-net.v2.h, my_net_v2",
    "8bit.h, net_8bit",
    ".h, h",
    "größe.hpp, gr_e",
    "模型.h, net",
    "__x__, x",
    "NET, NET",
    "int.h, net_int",
    "UINT8.h, net_UINT8",
    "int_least16.h, net_int_least16",
    "interior.h, interior"
  })
  void namesBeginWithThatOfTheFile(String file, String prefix) {
    assertThat(Prefix.of(file).lower()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roundel.h", "Roundel.h", "roundel.hpp"})
  void theInterpretersNameIsTaken(String file) {
    assertThatThrownBy(() -> export(SampleNets.plain(), file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'" + file + "' is the name of the file that runs nets");
  }

  @Test
  void everyFloatIsWrittenToTheLastBit() {
    assertThat(CText.number(1)).isEqualTo("1.0f");
    assertThat(CText.number(100)).isEqualTo("100.0f");
    assertThat(CText.number(-0f)).isEqualTo("-0.0f");
    assertThat(CText.number(0.1f)).isEqualTo("0.100000001f");
    Random random = new Random(5);
    for (int count = 0; count < 10_000; count++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        String text = CText.number(value);
        assertThat(text).matches("-?[0-9]+(\\.[0-9]+)?(E[+-][0-9]+)?f").containsAnyOf(".", "E");
        assertThat(Float.parseFloat(text)).isEqualTo(value);
      }
    }
  }

  @Test
  void whatItCannotHoldIsNamed() {
    Axis beyond = new Axis(2, 1, 3, 0, 1);
    ShippedNet net =
        OddNets.net(
            ValueShape.image(1, 4, 4),
            Map.of("linear/weight", Levels.of(1, Float.POSITIVE_INFINITY)),
            new Pooling("pool", 0, Pooling.Method.AVERAGE, new Window(beyond, beyond)),
            new Linear("linear", 1, 5, "linear/weight", null));

    assertThat(new CExporter(true).problems(with(net, null, net.classNames(), "run")))
        .containsExactly(
            "operation 'pool' reads images whose dataset does not say its mean and deviation;"
                + " leave out normalise=true",
            "operation 'pool' is a pooling with windows of nothing but padding",
            "operation 'linear' has numbers that are infinite or not a number");
    assertThat(new CExporter(false).problems(with(SampleNets.plain(), null, NAMES, "run")))
        .isEmpty();
  }
}
