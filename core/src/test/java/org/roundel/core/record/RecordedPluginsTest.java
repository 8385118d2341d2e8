package org.roundel.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.training.TestingPlugin;

class RecordedPluginsTest {
  /** A plugin of one JAR, and one that is a directory of two. */
  private static final JsonNode COMPONENTS =
      components(
          """
          {
            "quantizer": {"name": "toy", "plugin": "toy-2", "version": "1.0",
                          "sha256": {"toy-2.jar": "00"}},
            "model": {"name": "net-8", "plugin": "nets", "version": "unspecified",
                      "sha256": {"maths.jar": "00", "nets.jar": "00"}}
          }
          """);

  private final PluginRegistry nothing = PluginRegistry.of();

  private static JsonNode components(String json) {
    try {
      return JsonMapper.builder().build().readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  @Test
  void namesEveryMissingJarAndWhereItBelongs() {
    assertThatThrownBy(() -> RecordedPlugins.require(COMPONENTS, nothing, Map.of()))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            """
            the configuration has 2 problems:
              1) there is no quantizer 'toy' any more; the run had it from plugin toy-2, version \
            1.0: put toy-2.jar back into the plugins directory
              2) there is no model 'net-8' any more; the run had it from plugin nets: put \
            maths.jar, nets.jar back into the directory nets of the plugins directory""");
  }

  @Test
  void tellsFirstWhatIsWrongWithAPluginThatIsThere() {
    PluginFailure failure =
        new PluginFailure(Path.of("nets"), null, "net-8", "it needs maths.jar", null, "Add it.");
    PluginRegistry broken = new PluginRegistry(List.of(), List.of(failure));
    assertThatThrownBy(
            () -> RecordedPlugins.require(COMPONENTS, broken, Map.of("quantizer", "none")))
        .isInstanceOfSatisfying(
            RoundelException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageStartingWith("there is no model 'net-8'")
        .hasMessageEndingWith(
            """

              not loaded: nets: it needs maths.jar. Add it.
              the run had it from plugin nets: put maths.jar, nets.jar back into the directory \
            nets of the plugins directory""");
  }

  @Test
  void asksOnlyForWhatIsStillWanted() {
    Map<String, String> others = Map.of("quantizer", "none", "model", "softmax");
    assertThatCode(() -> RecordedPlugins.require(COMPONENTS, nothing, others))
        .doesNotThrowAnyException();
  }

  @Test
  void asksForAModelThatAnotherHasAskedFor() {
    JsonNode wrapping =
        components(
            """
            {
              "model": {"name": "wrapped-softmax", "plugin": "a", "sha256": {"a.jar": "00"}},
              "model.net-8": {"name": "net-8", "plugin": "b", "sha256": {"b.jar": "00"}}
            }
            """);
    PluginRegistry registry = PluginRegistry.of(new TestingPlugin());
    assertThatThrownBy(() -> RecordedPlugins.require(wrapping, registry, Map.of()))
        .hasMessageStartingWith("there is no model 'net-8' any more;")
        .hasMessageEndingWith("put b.jar back into the plugins directory");
    assertThatCode(() -> RecordedPlugins.require(wrapping, registry, Map.of("model", "softmax")))
        .doesNotThrowAnyException();
  }

  @Test
  void saysNoMoreThanItKnows() {
    JsonNode byHand = components("{\"quantizer\": {\"name\": \"toy\"}, \"engine\": {}}");
    assertThatThrownBy(() -> RecordedPlugins.require(byHand, nothing, Map.of()))
        .hasMessage(
            "there is no quantizer 'toy'\n"
                + "  no loaded plugin offers one; put a plugin's JAR into the plugins directory");
  }
}
