package org.roundel.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundel.core.Golden.assertGolden;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.Options;
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
