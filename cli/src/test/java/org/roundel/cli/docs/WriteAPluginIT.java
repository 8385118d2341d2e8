package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.project.AuthorsMaven;

/**
 * docs/write-a-plugin.md, followed word for word: its Java goes into the files that the blocks are
 * marked with, its commands are run in one shell, and what it shows is what they print.
 */
@Tag("thorough")
class WriteAPluginIT extends OwnInstallation {
  private static final Path PAGE = Path.of("..", "docs", "write-a-plugin.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+) ?(\\S*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String ANYTHING = "...";

  /** Lines of a source file with a net, its package and imports among them. */
  private static final int FEWER_LINES = 30;

  /** What the page shows below a command, and the command. */
  private record Step(String command, List<String> shown) {}

  @Test
  void runsAsItIsWritten() throws IOException, InterruptedException {
    List<Step> steps = new ArrayList<>();
    StringBuilder script = new StringBuilder("set -eu\n");
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      String text = block.group(3);
      switch (block.group(1)) {
        case "java" -> {
          Path file = roundel.work().resolve(block.group(2));
          script.append("cat > '" + file + "' <<'END-OF-FILE'\n" + text + "END-OF-FILE\n");
        }
        case "console" -> {
          for (Step step : steps(text)) {
            script.append("echo '" + mark(steps.size()) + "'\n" + step.command() + "\n");
            steps.add(step);
          }
        }
        default -> throw new AssertionError("a block of " + block.group(1) + ", which nobody runs");
      }
    }
    assertThat(steps).hasSizeGreaterThan(10);

    String output = run(script.toString());

    for (int index = 0; index < steps.size(); index++) {
      int end = output.indexOf(mark(index + 1));
      assertShown(
          steps.get(index),
          output.substring(output.indexOf(mark(index)), end < 0 ? output.length() : end));
    }
  }

  @Test
  void aNetIsAShortFile() throws IOException {
    int nets = 0;
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (block.group(2).matches(".*NetPlugin\\.java")) {
        assertThat(block.group(3).lines().count()).as(block.group(2)).isLessThan(FEWER_LINES);
        nets++;
      }
    }
    assertThat(nets).isEqualTo(2);
  }

  private static String mark(int step) {
    return "=== step " + step + " ===";
  }

  private static List<Step> steps(String block) {
    List<Step> steps = new ArrayList<>();
    for (String line : block.lines().toList()) {
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else {
        steps.get(steps.size() - 1).shown().add(line);
      }
    }
    return steps;
  }

  private String run(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("page.sh"), script);
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", file.toString())
            .directory(roundel.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    try (AuthorsMaven maven = new AuthorsMaven(directory.resolve("maven"))) {
      String path =
          String.join(
              ":",
              maven.command().getParent().toString(),
              roundel.home().resolve("bin").toString(),
              Path.of(System.getProperty("java.home"), "bin").toString());
      builder.environment().merge("PATH", path, (others, first) -> first + ":" + others);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("ROUNDEL", roundel.home().toString());
      int exitCode = builder.start().waitFor();
      String printed = Files.readString(output);
      assertThat(exitCode).as(printed).isZero();
      return printed;
    }
  }

  /** What the page shows is printed, line after line; "..." stands for any lines. */
  private static void assertShown(Step step, String printed) {
    List<String> lines = printed.lines().skip(1).toList();
    int next = 0;
    boolean anything = false;
    for (String line : step.shown()) {
      if (line.equals(ANYTHING)) {
        anything = true;
      } else {
        int last = anything ? lines.size() : Math.min(next + 1, lines.size());
        int found = lines.subList(next, last).indexOf(line);
        assertThat(found)
            .as("'%s' in what '%s' prints: %s", line, step.command(), printed)
            .isNotNegative();
        next += found + 1;
        anything = false;
      }
    }
  }
}
