package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.plugin.failure.PluginFault;

/** What is read from real JARs, up to each limit and one beyond. */
class JarInspectorTest {
  private static final String MAIN =
      "Manifest-Version: 1.0\nRoundel-SPI-Version: 1\nImplementation-Version: 1.2.3\n";

  private static final int PADDING_LINE = 64;
  private static final int MAIN_SECTION_LIMIT = 1 << 16;
  private static final int MANIFEST_LIMIT = 1 << 20;
  private static final int SERVICES_LIMIT = 1 << 16;

  @TempDir private Path directory;

  private JarFacts facts(PluginJar jar) throws PluginFault {
    return JarInspector.inspect(jar.write(directory.resolve("plugin.jar")));
  }

  private JarFacts facts(String manifest) throws PluginFault {
    return facts(withManifest(manifest));
  }

  private static PluginJar withManifest(String manifest) {
    return new PluginJar()
        .provider("sample.Plugin")
        .manifest(manifest.getBytes(StandardCharsets.UTF_8));
  }

  private String fault(PluginJar jar) {
    return fault(jar.write(directory.resolve("plugin.jar")));
  }

  private static String fault(Path jar) {
    PluginFault fault = catchThrowableOfType(PluginFault.class, () -> JarInspector.inspect(jar));
    assertThat(fault).as("fault").isNotNull();
    return fault.failure().what();
  }

  /** Returns attributes of exactly this length together, no two of one name. */
  private static String padding(int length) {
    StringBuilder lines = new StringBuilder();
    while (lines.length() < length) {
      int left = length - lines.length();
      int line = left < 2 * PADDING_LINE ? left : PADDING_LINE;
      String name = "Padding-" + lines.length() + ": ";
      lines.append(name).append("x".repeat(line - name.length() - 1)).append('\n');
    }
    return lines.toString();
  }

  /** A signed JAR has a section for each of its files; how many those are is no one's business. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsTheMainSectionHoweverMuchFollows(String lineBreak) throws PluginFault {
    StringBuilder manifest = new StringBuilder(MAIN).append('\n');
    for (int file = 0; manifest.length() <= 2 * MAIN_SECTION_LIMIT; file++) {
      manifest.append("Name: sample/Class").append(file).append(".class\nSHA-256-Digest: x\n\n");
    }
    JarFacts facts = facts(manifest.toString().replace("\n", lineBreak));
    assertThat(facts.version()).isEqualTo("1.2.3");
    assertThat(facts.spiVersion()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsValuesOfMoreThanOneLine(String lineBreak) throws PluginFault {
    String manifest = "Manifest-Version: 1.0\nImplementation-Version: 1.\n 2\n .3\n";
    assertThat(facts(manifest.replace("\n", lineBreak)).version()).isEqualTo("1.2.3");
  }

  /** Versions that stand behind an empty line are not the plugin's; nobody is to guess. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\n"})
  void aManifestThatBeginsWithAnEmptyLineIsMalformed(String start) {
    assertThat(fault(withManifest(start + MAIN))).startsWith("META-INF/MANIFEST.MF is malformed: ");
  }

  @Test
  void readsAMainSectionUpToItsLimit() throws PluginFault {
    String full = MAIN + padding(MAIN_SECTION_LIMIT - MAIN.length() - 1) + "\n";
    assertThat(facts(full + "Name: x\n").version()).isEqualTo("1.2.3");
    String more = MAIN + padding(MAIN_SECTION_LIMIT - MAIN.length()) + "\n";
    assertThat(fault(withManifest(more + "Name: x\n")))
        .isEqualTo(
            "META-INF/MANIFEST.MF has 65537 bytes before its first empty line; allowed: 65536");
  }

  @Test
  void readsAManifestUpToItsLimit() throws PluginFault {
    String full = MAIN + "\n" + "x".repeat(MANIFEST_LIMIT - MAIN.length() - 1);
    assertThat(facts(full).version()).isEqualTo("1.2.3");
    assertThat(fault(withManifest(full + "x")))
        .isEqualTo("META-INF/MANIFEST.MF is larger than 1048576 bytes");
  }

  @Test
  void readsAServicesFileUpToItsLimit() throws PluginFault {
    String name = "sample.Plugin\n";
    String full = name + "#".repeat(SERVICES_LIMIT - name.length());
    assertThat(facts(services(full)).providers()).containsExactly("sample.Plugin");
    assertThat(fault(services(full + "#")))
        .isEqualTo(JarInspector.SERVICES_FILE + " is larger than 65536 bytes");
  }

  private static PluginJar services(String content) {
    return new PluginJar()
        .entry(JarInspector.SERVICES_FILE, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAsManyProvidersAsAreAllowed() throws PluginFault {
    List<String> names = new ArrayList<>();
    for (int number = 1; number <= 100; number++) {
      names.add("sample.Plugin" + number);
    }
    // The service loader of Java skips a name that is there already, too.
    assertThat(facts(services(String.join("\n", names) + "\nsample.Plugin1\n")).providers())
        .isEqualTo(names);
    names.add("sample.OneMore");
    assertThat(fault(services(String.join("\n", names))))
        .isEqualTo(JarInspector.SERVICES_FILE + " names 101 classes; allowed: 100");
  }

  @Test
  void readsNamesOfClassesUpToTheLongest() throws PluginFault {
    String longest = "sample." + "x".repeat(993);
    assertThat(facts(services(longest)).providers()).containsExactly(longest);
    assertThat(fault(services(longest + "x"))).endsWith("…', which is not the name of a class");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample.",
        ".Plugin",
        "sample..Plugin",
        "sample/Plugin",
        "1.Plugin",
        "sample Plugin"
      })
  void saysWhichLineNamesNoClass(String line) {
    assertThat(fault(services("sample.Plugin\n" + line + " # comment\n")))
        .isEqualTo(
            JarInspector.SERVICES_FILE
                + " has the line '"
                + line
                + "', which is not the name of a class");
  }

  @Test
  void showsALineInFullUpToSixtyCharacters() {
    String line = "not-a-class" + "x".repeat(49);
    assertThat(fault(services(line))).contains("'" + line + "'");
    assertThat(fault(services(line + "y"))).contains("'" + line + "…'");
  }

  /** A download that broke off at once is no file of another kind. */
  @Test
  void aJarCutToItsFirstByteIsCutShort() throws IOException {
    Path jar = directory.resolve("plugin.jar");
    Files.writeString(jar, "P");
    assertThat(fault(jar)).startsWith("the JAR is cut short or damaged: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Page not found", "K", "KP", "KK"})
  void aFileThatBeginsOtherwiseIsNoJar(String content) throws IOException {
    Path jar = directory.resolve("plugin.jar");
    Files.writeString(jar, content);
    assertThat(fault(jar))
        .isEqualTo(
            "the file is not a JAR: it starts with '" + content + "', a JAR starts with 'PK'");
  }

  /** What was listed a moment before may be removed or replaced by now. */
  @Test
  void saysWhyAFileCannotBeReadAnyMore() throws IOException {
    assertThat(fault(directory.resolve("plugin.jar")))
        .isEqualTo("the file cannot be read: it is gone");
    Files.createFile(directory.resolve("plugin"));
    assertThat(fault(directory.resolve("plugin/library.jar")))
        .isEqualTo("the file cannot be read: Not a directory");
  }
}
