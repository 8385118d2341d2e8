package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/packages.md says of every package what its own package-info says. */
class PackageMapTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/packages.md");
  private static final List<String> FLOORS =
      List.of(
          "api",
          "api/kit",
          "core",
          "plugins",
          "cli",
          "cli/report",
          "cli/page",
          "cli/sweep",
          "cli/reproduce",
          "cli/spark",
          "cli/inventory",
          "cli/bench");
  private static final Pattern MODULE = Pattern.compile("(.*)/src/main/java/.*");
  private static final Pattern NAME = Pattern.compile("^package (\\S+);", Pattern.MULTILINE);
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final String HEAD =
      """
      # Packages

      What lies where, floor by floor; made from each package's own comment, and checked by a test. [Architecture](architecture.md) says which
      floor may use which, and how data flow through them.
      """;

  private static String render() throws IOException {
    List<Path> comments;
    try (Stream<Path> files = Files.walk(ROOT)) {
      comments =
          files
              .filter(file -> file.endsWith("package-info.java"))
              .map(ROOT::relativize)
              .filter(file -> MODULE.matcher(file.toString()).matches())
              .filter(file -> !file.toString().contains("target/"))
              .sorted()
              .toList();
    }
    assertThat(comments).allSatisfy(file -> assertThat(FLOORS).contains(floorOf(file)));
    StringBuilder page = new StringBuilder(HEAD);
    for (String floor : FLOORS) {
      page.append("\n## `").append(floor).append("/`\n\n| package | what is in it |\n|---|---|\n");
      comments.stream()
          .filter(file -> floorOf(file).equals(floor))
          .map(PackageMapTest::row)
          .forEach(page::append);
    }
    return page.toString();
  }

  /** A plugin's floor is that of all plugins. */
  private static String floorOf(Path file) {
    Matcher module = MODULE.matcher(file.toString());
    assertThat(module.matches()).isTrue();
    return module.group(1).startsWith("plugins/") ? "plugins" : module.group(1);
  }

  private static String row(Path file) {
    try {
      String text = Files.readString(ROOT.resolve(file));
      Matcher name = NAME.matcher(text);
      Matcher comment = COMMENT.matcher(text);
      assertThat(name.find() && comment.find()).as(file + " has a name and a comment").isTrue();
      return "| `" + name.group(1) + "` | " + plain(comment.group(1)) + " |\n";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the first paragraph without what only Javadoc understands. */
  private static String plain(String comment) {
    String text = comment.replaceAll("(?m)^ *\\* ?", "").split("<p>", 2)[0];
    return text.replaceAll("\\s+", " ")
        .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)}", "`$1`")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("</?em>", "*")
        .strip();
  }

  @Test
  void everyPackageIsOnTheMap() throws IOException {
    String expected = render();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(expected.lines().filter(line -> line.startsWith("| `"))).hasSizeGreaterThan(50);
    assertThat(PAGE)
        .as("written anew by mvn test -pl cli -Dtest=PackageMapTest -Ddocs.update=true")
        .hasContent(expected);
  }
}
