package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Installation;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;

/**
 * The pages in docs/ say what the program does: their snippets run, their references and links
 * hold.
 */
class DocumentationIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @TempDir Path directory;

  private static List<String> blocks(Path page, String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(page));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  @Test
  void theQuickStartRunsAsItIsWritten() throws IOException, InterruptedException {
    List<String> blocks = blocks(DOCS.resolve("quick-start.md"), "sh");
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
    assertThat(output(Installation.in(directory), blocks))
        .contains("init-from: 37 of 37 parameters and buffers");
  }

  @Test
  void theExampleOfASweepRunsAsItIsWritten() throws IOException, InterruptedException {
    Path page = DOCS.resolve("sweeps.md");
    Installation installation = Installation.in(directory);
    Files.writeString(installation.work().resolve("methods.yaml"), blocks(page, "yaml").get(0));
    assertThat(output(installation, blocks(page, "sh")))
        .contains("\n6 cells:\n", "\n6 cells: 6 finished\n", "\nreport  compare-");
    Path other = installation.work().resolve("other.yaml");
    Files.writeString(other, blocks(page, "yaml").get(1));
    assertThat(installation.run("sweep", "other.yaml", "--dry-run").out()).startsWith("4 cells:\n");
  }

  /** Runs lines of a shell's one after the other, and returns what they print. */
  private String output(Installation installation, List<String> blocks)
      throws IOException, InterruptedException {
    Path script = directory.resolve("script.sh");
    Files.writeString(script, "set -eux\n" + String.join("\n", blocks));
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString())
            .directory(installation.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String bin = installation.plugins().resolveSibling("bin").toString();
    builder.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

    int exitCode = builder.start().waitFor();

    assertThat(exitCode).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  @Test
  void theConfigurationReferenceIsWhatTheProgramDeclares() throws IOException {
    Path page = DOCS.resolve("configuration.md");
    try (PluginRegistry registry = PluginLoader.load(Installation.packaged().resolve("plugins"))) {
      String expected = ConfigurationReference.render(registry);
      if (Boolean.getBoolean("docs.update")) {
        Files.writeString(page, expected);
      }
      assertThat(page).as("written anew by mvn verify -Ddocs.update=true").hasContent(expected);
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    int links = 0;
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.list(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    for (Path page : pages) {
      Matcher matcher = LINK.matcher(Files.readString(page));
      while (matcher.find()) {
        assertThat(page.resolveSibling(matcher.group(1))).as("link in " + page).exists();
        links++;
      }
    }
    assertThat(links).isGreaterThan(3);
  }
}
