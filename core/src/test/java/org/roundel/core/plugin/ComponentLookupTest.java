package org.roundel.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundel.core.Golden.assertGolden;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.ModelFactory;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.load.PluginJar;
import org.roundel.core.plugin.load.PluginLoader;

class ComponentLookupTest {
  private final PluginRegistry registry = PluginRegistry.of(TestComponents.usual());

  @Test
  void listsComponentsByKindAndName() {
    assertThat(registry.components())
        .extracting(component -> component.kind() + " " + component.displayName())
        .containsExactly(
            "quantizer binary-connect",
            "quantizer deterministic-rounding",
            "quantizer stochastic-rounding",
            "model resnet-18",
            "model resnet-DEPTH",
            "model vgg-9",
            "model wrn-DEPTH-WIDTH");
  }

  @Test
  void readsTheNumbersInAFamilysName() {
    Selected<ModelFactory> model = registry.model("wrn-56-10");
    assertThat(model.name()).isEqualTo("wrn-56-10");
    assertThat(model.component().name()).isEqualTo("wrn");
    assertThat(model.nameValues()).isEqualTo(Map.of("depth", "56", "width", "10"));

    Options options = model.options(Map.of("bias", "true"));
    assertThat(options.get(TestComponents.DEPTH)).isEqualTo(56);
    assertThat(options.get(TestComponents.WIDTH)).isEqualTo(10);
    assertThat(options.get(TestComponents.BIAS)).isTrue();
  }

  @Test
  void prefersANameOfItsOwnToAFamilysMember() {
    assertThat(registry.model("resnet-18").component().isFamily()).isFalse();
    assertThat(registry.model("resnet-20").component().isFamily()).isTrue();
  }

  @Test
  void theKindIsPartOfTheName() {
    assertThat(registry.find(ComponentKind.MODEL, "vgg-9").kind()).isEqualTo(ComponentKind.MODEL);
  }

  @ParameterizedTest
  @CsvSource({
    "QUANTIZER, stochastic-roundin, unknown-near",
    "QUANTIZER, vgg-9, unknown-far",
    "MODEL, resnt-56, unknown-near-member",
    "MODEL, resnet, unknown-family-alone",
    "MODEL, '', unknown-empty",
    "DATASET, cifar-10, unknown-none",
    "MODEL, resnet-21, family-bad-member",
    "MODEL, resnet-2, family-too-small",
    "MODEL, resnet-056, family-not-canonical",
    "MODEL, wrn-57-65, family-two-faults",
    "MODEL, resnet-99999999999, family-overflow"
  })
  void saysWhatThereIsAndWhatIsNear(ComponentKind kind, String name, String golden) {
    assertFailure(() -> registry.find(kind, name), ErrorKind.CONFIGURATION, golden);
  }

  @Test
  void repeatsWhyAPluginThatSeemsToHaveItIsBroken() {
    ComponentIndex index =
        TestComponents.index(
            List.of(
                TestComponents.failure("plugins/roundel-ternary-0.1.0.jar", "the file is empty"),
                TestComponents.failure("plugins/other.jar", "the JAR is damaged")));
    assertFailure(
        () -> index.find(ComponentKind.QUANTIZER, "ternary"), ErrorKind.PLUGIN, "unknown-broken");
    assertFailure(
        () -> index.find(ComponentKind.MODEL, "dense-net"),
        ErrorKind.CONFIGURATION,
        "unknown-maybe-broken");
  }

  @Test
  void repeatsWhyAClassThatSeemsToHaveItIsBroken() {
    ComponentIndex index =
        TestComponents.index(
            List.of(
                new PluginFailure(
                    Path.of("mine.jar"),
                    "org.example.DenseNetPlugin",
                    null,
                    "class org.example.DenseNetPlugin could not be created",
                    null,
                    "Mend it.")));
    assertFailure(
        () -> index.find(ComponentKind.MODEL, "dense-net-40"),
        ErrorKind.PLUGIN,
        "unknown-broken-class");
  }

  /** A component that failed is known by its name; the file's name says nothing beside that. */
  @Test
  void repeatsWhyAComponentIsBroken() {
    ComponentIndex index =
        TestComponents.index(
            List.of(
                new PluginFailure(
                    Path.of("roundel-dense-0.1.0.jar"),
                    "org.example.Plugin",
                    "shuffle",
                    "the model 'shuffle' has no description",
                    null,
                    "Mend it.")));
    assertThat(unknown(index, "shuffle"))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageEndingWith(
            "\n  not loaded: roundel-dense-0.1.0.jar: the model 'shuffle' has no description. Mend"
                + " it.");
    assertThat(unknown(index, "dense"))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageEndingWith(
            "\n  not loaded, so their names are unknown:\n    roundel-dense-0.1.0.jar");
  }

  /** Three letters are a name, as those of vgg; digits may belong to the word before them. */
  @ParameterizedTest
  @CsvSource({
    "nin, roundel-nin-0.1.0.jar, PLUGIN",
    "nin, roundel-deep-nin-0.1.0.jar, PLUGIN",
    "deep-nin, roundel-nin-0.1.0.jar, PLUGIN",
    "nin16, roundel-nin16-0.1.0.jar, PLUGIN",
    "nin-16-90, roundel-nin-0.1.0.jar, PLUGIN",
    "ni, roundel-ni-0.1.0.jar, CONFIGURATION",
    "nin, roundel-ni-0.1.0.jar, CONFIGURATION"
  })
  void takesTheNameOfABrokenPluginsFileForAHint(String wanted, String file, ErrorKind kind) {
    ComponentIndex index = TestComponents.index(List.of(TestComponents.failure(file, "it broke")));
    RoundelException failure = unknown(index, wanted);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(file);
  }

  @Test
  void takesTheNameOfABrokenClassWithoutAPackageForAHint() {
    ComponentIndex index =
        TestComponents.index(
            List.of(
                new PluginFailure(
                    Path.of("mine.jar"), "DenseNetPlugin", null, "it broke", null, "Mend it.")));
    assertThat(unknown(index, "dense-net-40").kind()).isEqualTo(ErrorKind.PLUGIN);
  }

  @ParameterizedTest
  @CsvSource({"8", "28", "-28", "28-10"})
  void aNumberIsNoName(String wanted) {
    assertThatThrownBy(() -> registry.model(wanted))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("there is no model '" + wanted + "'\n  there is: ");
  }

  @ParameterizedTest
  @CsvSource({"resnt-50, resnet-50", "resnt-98, resnet-98", "wr-20-10, wrn-20-10"})
  void suggestsTheMemberWithTheWantedNumbers(String wanted, String member) {
    assertThatThrownBy(() -> registry.model(wanted))
        .hasMessageContaining("; did you mean '" + member + "'?");
    assertThat(registry.namesLike(wanted)).contains(member, "binary-connect", "vgg-9");
  }

  @Test
  void knowsTheFormOfAFamilysMembers() {
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "resnet-20")).isTrue();
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "resnet-21")).isTrue();
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "wrn-1-1")).isTrue();
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "resnet-20-1")).isFalse();
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "resnet")).isFalse();
    assertThat(registry.isOfFamily(ComponentKind.MODEL, "vgg-9")).isFalse();
    assertThat(registry.isOfFamily(ComponentKind.QUANTIZER, "resnet-20")).isFalse();
  }

  /** Whichever of them is found first: {@code net-8-2} is a member of both by its form. */
  @Test
  void takesTheFamilyWithTheLongestName() {
    ModelFactory both =
        TestComponents.model("net", List.of(TestComponents.DEPTH, TestComponents.WIDTH));
    ModelFactory longest = TestComponents.model("net-8", List.of(TestComponents.WIDTH));
    for (List<ModelFactory> models : List.of(List.of(both, longest), List.of(longest, both))) {
      PluginRegistry families = PluginRegistry.of(TestComponents.plugin(List.of(), models));
      Selected<ModelFactory> found = families.model("net-8-2");
      assertThat(found.component().name()).isEqualTo("net-8");
      assertThat(found.nameValues()).isEqualTo(Map.of("width", "2"));
      assertThat(families.model("net-20-2").component().name()).isEqualTo("net");
    }
  }

  @Test
  void namesTheNearestMembersEvenThoseFarAway() {
    Option<Integer> size = Option.stepped("size", 128, 128, 1024, 128, 0, "Size of images.");
    PluginRegistry family =
        PluginRegistry.of(
            TestComponents.plugin(List.of(), List.of(TestComponents.model("net", List.of(size)))));
    assertThatThrownBy(() -> family.model("net-192"))
        .hasMessageEndingWith("; nearest: 128 and 256");
  }

  @Test
  void aPluginOfTheProgramIsWhereItsClassIs() throws URISyntaxException {
    Path classes =
        Path.of(TestComponents.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(registry.plugins()).hasSize(1);
    assertThat(registry.plugins().get(0).location()).isEqualTo(classes);
  }

  /** Shells define classes from memory, and some programs from JARs within their own JAR. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "jar:file:/program.jar!/classes!/", "https://example.org/program.jar"})
  void aPluginOfTheProgramMayComeFromNoFile(String source) throws Exception {
    byte[] type =
        new PluginJar()
            .source(
                "sample.Bare",
                "package sample; public class Bare implements org.roundel.api.RoundelPlugin {}")
            .content("sample/Bare.class");
    URL location = source.isEmpty() ? null : new URL(source);
    ClassLoader memory =
        new SecureClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            CodeSource code = new CodeSource(location, (CodeSigner[]) null);
            return defineClass(name, type, 0, type.length, code);
          }
        };
    RoundelPlugin plugin =
        (RoundelPlugin) memory.loadClass("sample.Bare").getConstructor().newInstance();
    assertThat(PluginRegistry.of(plugin).plugins().get(0).location())
        .isEqualTo(Path.of("sample.Bare"));
  }

  @Test
  void aNameOfTwoPluginsIsRefusedAndTheirOthersWork(@TempDir Path plugins) {
    PluginJar.offering("twice", "first").write(plugins.resolve("a.jar"));
    PluginJar.entered("other.Plugin", "twice", "second").write(plugins.resolve("b.jar"));
    try (PluginRegistry loaded = PluginLoader.load(plugins)) {
      assertThat(loaded.components())
          .extracting(ComponentDescriptor::name)
          .containsExactly("first", "second");
      assertThat(loaded.failures()).hasSize(1);
      assertGolden(
          "plugin/duplicate-across-plugins",
          loaded.failures().get(0).message(),
          Map.of(plugins.toString(), "<plugins>"));
      RoundelException refused =
          catchThrowableOfType(RoundelException.class, () -> loaded.quantizer("twice"));
      assertThat(refused.kind()).isEqualTo(ErrorKind.PLUGIN);
      assertThat(refused).hasMessage(loaded.failures().get(0).message());
    }
  }

  @Test
  void aNameTwiceInAPluginIsRefusedAndItsOthersWork(@TempDir Path plugins) {
    PluginJar.offering("twice", "other", "twice").write(plugins.resolve("a.jar"));
    try (PluginRegistry loaded = PluginLoader.load(plugins)) {
      assertThat(loaded.quantizer("other").name()).isEqualTo("other");
      assertFailure(
          () -> loaded.quantizer("twice"),
          ErrorKind.PLUGIN,
          "duplicate-within-plugin",
          Map.of(plugins.toString(), "<plugins>"));
    }
  }

  @Test
  void aFamilyOfTwoPluginsIsRefused() {
    PluginRegistry both =
        PluginRegistry.of(
            TestComponents.usual(),
            TestComponents.plugin(
                List.of(), List.of(TestComponents.model("resnet", List.of(TestComponents.DEPTH)))));
    assertThat(both.failures()).hasSize(1);
    RoundelException refused =
        catchThrowableOfType(RoundelException.class, () -> both.model("resnet-20"));
    assertThat(refused.kind()).isEqualTo(ErrorKind.PLUGIN);
    assertThat(both.model("resnet-18").name()).isEqualTo("resnet-18");
  }

  private static RoundelException unknown(ComponentIndex index, String wanted) {
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> index.find(ComponentKind.MODEL, wanted));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static void assertFailure(Runnable lookup, ErrorKind error, String golden) {
    assertFailure(lookup, error, golden, Map.of());
  }

  private static void assertFailure(
      Runnable lookup, ErrorKind error, String golden, Map<String, String> placeholders) {
    RoundelException failure = catchThrowableOfType(RoundelException.class, lookup::run);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(error);
    assertGolden("plugin/" + golden, failure.getMessage(), placeholders);
  }
}
