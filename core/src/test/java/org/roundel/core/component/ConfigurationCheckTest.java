package org.roundel.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;

class ConfigurationCheckTest {
  private static final Option<Double> LOWEST = Option.real("lowest", -1, -10, 10, "the lowest");
  private static final Option<Double> HIGHEST = Option.real("highest", 1, -10, 10, "the highest");
  private static final Option<String> ENGINE =
      Option.choice("engine", "fast", List.of("fast", "slow"), "how it computes");
  private static final Option<Integer> DEPTH =
      Option.stepped("depth", 20, 8, 200, 6, 2, "how deep it is");

  private final PluginRegistry registry = PluginRegistry.of(new TestingPlugin(), new RangePlugin());

  @Test
  void everyMistakeIsInOneList() {
    Map<String, String> given = valid();
    given.put("epochs", "0");
    given.put("quantizer.lowest", "2");
    given.put("quantizer.highest", "1");
    given.put("bacth-size", "1");
    given.put("model.engine", "faster");
    given.put("model.width", "2");
    given.put("optimizer", "momentm");
    given.put("optimizer.rate", "no optimizer, so nobody knows");
    given.put("data-dir", "");
    assertThatThrownBy(() -> ConfigurationCheck.of(registry, given))
        .hasMessage(
            """
            the configuration has 7 problems:
              1) there is no optimizer 'momentm'; did you mean 'momentum'?
                   there is: momentum
              2) epochs: '0' is out of range; allowed: integer [1, 100000]
              3) unknown key 'bacth-size'; did you mean 'batch-size'? Allowed: %s, and COMPONENT.OPTION as in quantizer.delta
              4) model.engine: 'faster' is not one of the choices; allowed: choice fast | slow
              5) model.width: net-20 has no such option; allowed: engine
              6) data-dir: '' names no file or directory; give a path, or leave it out where it has a default
              7) lowest 2.0 is above highest 1.0"""
                .replace("%s", String.join(", ", RunSettings.names())));
  }

  @Test
  void whatIsRightIsReturned() {
    RunConfiguration configuration = ConfigurationCheck.of(registry, valid());
    assertThat(configuration.get(RunSettings.MODEL)).isEqualTo("net-20");
  }

  @ParameterizedTest
  @CsvSource({
    "MODEL.ENGINE, model.engine",
    "qantizer.lowest, quantizer.lowest",
    "qantizer.engine, ",
    "MODEL.lowest, ",
    "lr, learning-rate",
    "dataset, "
  })
  void whatIsSuggestedIsAccepted(String key, String suggestion) {
    Map<String, String> given = valid();
    given.put(key, "blobs");
    String message = message(given);
    if (suggestion == null) {
      assertThat(message).doesNotContain("did you mean");
    } else {
      assertThat(message)
          .startsWith("unknown key '" + key + "'; did you mean '" + suggestion + "'?");
    }
  }

  @Test
  void noSuggestionIsEverRefused() {
    long seed = 7;
    Random random = new Random(seed);
    List<String> names = new ArrayList<>(RunSettings.names());
    names.addAll(List.of("model.engine", "quantizer.lowest", "quantizer.highest"));
    int suggested = 0;
    for (int round = 0; round < 2000; round++) {
      StringBuilder key = new StringBuilder(names.get(random.nextInt(names.size())));
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        int at = random.nextInt(key.length());
        switch (random.nextInt(3)) {
          case 0 -> key.setCharAt(at, Character.toUpperCase(key.charAt(at)));
          case 1 -> key.insert(at, ".el-".charAt(random.nextInt(4)));
          default -> key.deleteCharAt(at).append('x');
        }
      }
      Map<String, String> given = valid();
      given.put(key.toString(), "fast");
      Matcher suggestion = Pattern.compile("did you mean '(.*?)'").matcher(message(given));
      if (suggestion.find()) {
        suggested++;
        Map<String, String> corrected = valid();
        corrected.putIfAbsent(suggestion.group(1), "%");
        assertThat(message(corrected))
            .as("seed %d, key %s", seed, key)
            .doesNotContain("unknown key")
            .doesNotContain("no such option");
      }
    }
    assertThat(suggested).isGreaterThan(500);
  }

  @ParameterizedTest
  @CsvSource({"nett-20, net-20", "nett-26, net-26", "nett-21, net-20"})
  void aNameThatIsSuggestedExists(String wanted, String suggestion) {
    Map<String, String> given = valid();
    given.put("model", wanted);
    assertThat(message(given)).contains("did you mean '" + suggestion + "'?");
  }

  @Test
  void hugeTextsAreToldInAFewWords() {
    String huge = "-1".repeat(500_000);
    for (String key :
        List.of("model", "dataset", "epochs", "seed", "model.engine", "x", "model.x")) {
      Map<String, String> given = valid();
      given.put(key, huge);
      given.put(key + huge, "1");
      given.put("net" + huge, "1");
      assertThat(message(given)).as(key).hasSizeLessThan(4000);
    }
    Map<String, String> member = valid();
    member.put("model", "net" + huge);
    assertThat(message(member)).hasSizeLessThan(1000).startsWith("there is no model 'net-1-1-1");
  }

  private String message(Map<String, String> given) {
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> ConfigurationCheck.of(registry, given));
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }

  private static Map<String, String> valid() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("model", "net-20");
    given.put("quantizer", "range");
    given.put("optimizer", "momentum");
    given.put("schedule", "constant");
    given.put("dataset", "blobs");
    return given;
  }

  /** A quantizer whose options depend on one another, and a family of nets. */
  private static final class RangePlugin implements RoundelPlugin {
    @Override
    public List<QuantizerFactory> quantizers() {
      return List.of(new Ranges());
    }

    @Override
    public List<ModelFactory> models() {
      return List.of(new Nets());
    }
  }

  private static final class Ranges implements QuantizerFactory {
    @Override
    public String name() {
      return "range";
    }

    @Override
    public String description() {
      return "a quantizer for tests";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(LOWEST, HIGHEST);
    }

    @Override
    public Quantizer create(Options options) {
      if (options.get(LOWEST) > options.get(HIGHEST)) {
        throw new InvalidInputException(
            "lowest " + options.get(LOWEST) + " is above highest " + options.get(HIGHEST));
      }
      return new Quantizer() {
        @Override
        public boolean keepsLatentWeights() {
          return false;
        }
      };
    }
  }

  private static final class Nets implements ModelFactory {
    @Override
    public String name() {
      return "net";
    }

    @Override
    public String description() {
      return "a family for tests";
    }

    @Override
    public List<Option<Integer>> nameOptions() {
      return List.of(DEPTH);
    }

    @Override
    public List<Option<?>> options() {
      return List.of(ENGINE);
    }

    @Override
    public Model create(ModelRequest request) {
      throw new AssertionError("nothing is created for a check");
    }
  }
}
