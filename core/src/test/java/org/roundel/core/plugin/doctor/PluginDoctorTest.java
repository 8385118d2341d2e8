package org.roundel.core.plugin.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundel.core.Golden.assertGolden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.doctor.PluginExamination.Verdict;
import org.roundel.core.plugin.load.PluginFiles;
import org.roundel.core.plugin.load.PluginJar;
import org.roundel.core.plugin.load.PluginLoader;

class PluginDoctorTest {
  private static final String FAMILY =
      """
      package family;
      import java.util.List;
      import org.roundel.api.*;
      import org.roundel.api.model.*;
      public class Plugin implements RoundelPlugin {
        @Override public List<ModelFactory> models() { return List.of(new Factory()); }
        static final class Factory implements ModelFactory {
          @Override public String name() { return "net"; }
          @Override public String description() { return "For tests."; }
          @Override public List<Option<Integer>> nameOptions() {
            return List.of(Option.stepped("depth", 20, 8, 1202, 6, 2, "Weighted layers."));
          }
          @Override public Model create(ModelRequest request) {
            throw new IllegalStateException("only its name is used");
          }
        }
      }
      """;

  @TempDir private Path plugins;

  @Test
  void findsNothingWrongWithWholePlugins() {
    PluginJar.offering("b", "a").write(plugins.resolve("whole.jar"));
    PluginJar.entered("other.Plugin", "c")
        .attribute("Implementation-Version", "7")
        .write(plugins.resolve("directory/z.jar"));
    new PluginJar()
        .source("library.Part", "package library; public class Part {}")
        .write(plugins.resolve("directory/a.jar"));

    assertThat(examine())
        .containsExactly(
            new PluginExamination(
                plugins.resolve("directory"),
                Verdict.USED,
                "7",
                "1",
                17,
                List.of("quantizer c"),
                List.of()),
            new PluginExamination(
                plugins.resolve("whole.jar"),
                Verdict.USED,
                "1.2.3",
                "1",
                17,
                List.of("quantizer a", "quantizer b"),
                List.of()));
  }

  @Test
  void namesTheFilesThatAreNoPlugin() throws IOException {
    Files.writeString(plugins.resolve("README.txt"), "x");
    PluginJar.offering("hidden").write(plugins.resolve(".hidden.jar"));

    check("doctor-ignored", Verdict.IGNORED, Verdict.IGNORED);
  }

  @Test
  void repeatsWhyAPluginFailed() throws IOException {
    Files.createFile(plugins.resolve("empty.jar"));
    Files.createDirectory(plugins.resolve("empty"));
    PluginJar.offering("in-part")
        .provider("sample.Missing")
        .write(plugins.resolve("in-part/plugin.jar"));
    Files.createDirectory(plugins.resolve("jar-within"));
    Files.writeString(plugins.resolve("jar-within/library.jar"), "no JAR");
    PluginJar.offering("x")
        .attribute("Roundel-SPI-Version", "99")
        .write(plugins.resolve("other-interface.jar"));

    check(
        "doctor-failed",
        Verdict.FAILED,
        Verdict.FAILED,
        Verdict.USED_IN_PART,
        Verdict.FAILED,
        Verdict.FAILED);
  }

  @Test
  void namesConflictsAtEachOfThePlugins() {
    PluginJar.offering("twice", "fine").write(plugins.resolve("a.jar"));
    PluginJar.entered("other.Plugin", "twice").write(plugins.resolve("b.jar"));
    PluginJar.entered("third.Plugin", "third").write(plugins.resolve("third-1.jar"));
    PluginJar.entered("third.Plugin", "third", "more")
        .attribute("Implementation-Version", "2")
        .write(plugins.resolve("third-2.jar"));

    check(
        "doctor-conflicts", Verdict.CONFLICT, Verdict.CONFLICT, Verdict.CONFLICT, Verdict.CONFLICT);
  }

  /** None of these keeps anything from being used. */
  @Test
  void tellsWhatIsHidden() {
    new PluginJar()
        .source("family.Plugin", FAMILY)
        .provider("family.Plugin")
        .write(plugins.resolve("family.jar"));
    String single =
        FAMILY
            .replaceFirst("(?s)@Override public List<Option<Integer>>.*?\n    }\n", "")
            .replace("package family", "package single");
    new PluginJar()
        .source("single.Plugin", single.replace("\"net\"", "\"net-20\""))
        .provider("single.Plugin")
        .write(plugins.resolve("member.jar"));
    new PluginJar()
        .source("single.Plugin", single.replace("\"net\"", "\"net-21\""))
        .provider("single.Plugin")
        .write(plugins.resolve("no-member.jar"));
    byte[] tooNew = PluginJar.offering("x").content("sample/Plugin.class").clone();
    tooNew[7] = 44 + 63;
    PluginJar.offering("fat")
        .source("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
        .source("org.slf4j.event.Level", "package org.slf4j.event; public class Level {}")
        .source("org.nd4j.extra.Extra", "package org.nd4j.extra; public class Extra {}")
        .source(
            "org.roundel.api.RoundelPlugin",
            "package org.roundel.api; public interface RoundelPlugin {}")
        .entry("later/Later.class", tooNew)
        .entry("META-INF/versions/99/later/Latest.class", tooNew)
        .entry("later/damaged.class", "not a class".getBytes(StandardCharsets.UTF_8))
        .write(plugins.resolve("fat.jar"));

    check("doctor-hidden", Verdict.USED, Verdict.USED, Verdict.USED, Verdict.USED);
  }

  /** What the doctor's exit code and the order of its report rest on. */
  @Test
  void aNoteIsNoProblem() throws IOException {
    Files.writeString(plugins.resolve("README.txt"), "x");
    Files.createFile(plugins.resolve("empty.jar"));
    PluginJar.offering("in-part").provider("sample.Missing").write(plugins.resolve("in-part.jar"));
    PluginJar.entered("other.Plugin", "noted")
        .source("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
        .write(plugins.resolve("noted.jar"));
    PluginJar.entered("whole.Plugin", "whole").write(plugins.resolve("whole.jar"));

    Map<String, Boolean> problems = new TreeMap<>();
    for (PluginExamination examination : examine()) {
      problems.put(PluginFiles.fileName(examination.location()), examination.hasProblem());
      assertThat(examination.findings())
          .hasSize(examination.location().endsWith("whole.jar") ? 0 : 1);
    }
    assertThat(problems)
        .isEqualTo(
            Map.of(
                "README.txt", false,
                "empty.jar", true,
                "in-part.jar", true,
                "noted.jar", false,
                "whole.jar", false));
  }

  private List<PluginExamination> examine() {
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      return new PluginDoctor(registry).examine(plugins);
    }
  }

  private void check(String golden, Verdict... verdicts) {
    List<PluginExamination> examinations = examine();
    StringBuilder text = new StringBuilder();
    for (PluginExamination examination : examinations) {
      text.append(PluginFiles.fileName(examination.location()))
          .append(": ")
          .append(examination.version())
          .append(", interface ")
          .append(examination.spiVersion())
          .append(", Java ")
          .append(examination.javaVersion())
          .append(", ")
          .append(examination.components())
          .append('\n');
      for (PluginFinding finding : examination.findings()) {
        text.append(finding.problem() ? "  problem: " : "  note: ")
            .append(finding.what())
            .append(". ")
            .append(finding.hint())
            .append('\n');
      }
    }
    int running = Runtime.version().feature();
    assertGolden(
        "plugin/" + golden,
        text.toString(),
        Map.of(
            plugins.toString(),
            "<plugins>",
            "this is Java " + running,
            "this is Java <running>",
            "--release " + running,
            "--release <running>"));
    assertThat(examinations).extracting(PluginExamination::verdict).containsExactly(verdicts);
  }
}
