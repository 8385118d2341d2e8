package org.roundel.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import org.roundel.core.plugin.load.PluginJar;
import org.roundel.core.plugin.load.PluginLoader;

/** Models from real JARs that ask for each other by name. */
class NamedModelsTest {
  /** One weight, no gradient; the loss is the batch size that it was made for. */
  private static final String INNER =
      """
      package inner;
      import java.util.List;
      import org.nd4j.linalg.api.buffer.DataType;
      import org.nd4j.linalg.api.ndarray.INDArray;
      import org.nd4j.linalg.factory.Nd4j;
      import org.roundel.api.*;
      import org.roundel.api.dataset.Batch;
      import org.roundel.api.model.*;
      import org.roundel.api.random.RandomSource;
      public class Plugin implements RoundelPlugin {
        @Override public List<ModelFactory> models() { return List.of(new Factory()); }
        static final class Factory implements ModelFactory {
          private static final Option<Integer> MORE = Option.integer("more", 0, 0, 9, "More loss.");
          @Override public String name() { return "inner"; }
          @Override public String description() { return "For tests."; }
          @Override public List<Option<?>> options() { return List.of(MORE); }
          @Override public Model create(ModelRequest request) {
            return new Constant(request.batchSize() + request.options().get(MORE));
          }
        }
        record Constant(double loss) implements Model {
          @Override public List<Parameter> parameters() {
            INDArray one = Nd4j.ones(DataType.FLOAT, 1, 1);
            return List.of(new Parameter("weight", ParameterRole.LINEAR_WEIGHT, one, one));
          }
          @Override public List<Buffer> buffers() { return List.of(); }
          @Override public BatchResult computeGradients(Batch batch, RandomSource random) {
            return evaluate(batch);
          }
          @Override public BatchResult evaluate(Batch batch) {
            return new BatchResult(loss, 0, batch.size());
          }
          @Override public void predict(INDArray images, INDArray scores) { scores.assign(loss); }
          @Override public List<LayerDescription> layers() { return List.of(); }
          @Override public void close() {}
        }
      }
      """;

  /** Cuts the batch size into halves for a model of the user's choice. */
  private static final String HALVES =
      """
      package PACKAGE;
      import java.util.*;
      import org.roundel.api.*;
      import org.roundel.api.model.*;
      public class Plugin implements RoundelPlugin {
        @Override public List<ModelFactory> models() { return List.of(new Factory()); }
        static final class Factory implements ModelFactory {
          private static final Option<String> MODEL = Option.text("of", "inner", "The model inside.");
          @Override public String name() { return "PACKAGE"; }
          @Override public String description() { return "For tests."; }
          @Override public List<Option<?>> options() { return List.of(MODEL); }
          @Override public Model create(ModelRequest request) {
            return request.model(request.options().get(MODEL), OPTIONS, request.batchSize() / 2);
          }
        }
      }
      """;

  @TempDir private Path plugins;

  private final List<Selected<ModelFactory>> made = new ArrayList<>();

  @BeforeEach
  void writeJars() {
    new PluginJar()
        .source("inner.Plugin", INNER)
        .provider("inner.Plugin")
        .write(plugins.resolve("inner.jar"));
    halves("halves", "Map.of(\"more\", \"3\")");
    halves("quarters", "Map.of(\"of\", \"halves\")");
  }

  private void halves(String name, String options) {
    new PluginJar()
        .source(name + ".Plugin", HALVES.replace("PACKAGE", name).replace("OPTIONS", options))
        .provider(name + ".Plugin")
        .write(plugins.resolve(name + ".jar"));
  }

  private Model create(PluginRegistry registry, String name, Map<String, String> options) {
    Selected<ModelFactory> selected = registry.model(name);
    return selected.create(
        factory ->
            factory.create(
                new ModelRequest(
                        name,
                        new InputShape(1, 2, 2),
                        3,
                        16,
                        selected.options(options),
                        RandomSource.of(1, RandomPurpose.INITIALIZE, 0))
                    .with(new NamedModels(registry, List.of(name), made::add))));
  }

  @Test
  void aModelWrapsAnotherPluginsModel() {
    try (PluginRegistry registry = PluginLoader.load(plugins);
        Model model = create(registry, "halves", Map.of())) {
      assertThat(registry.failures()).isEmpty();
      Batch batch = new Batch(Nd4j.zeros(2, 1, 2, 2), new int[2]);
      assertThat(model.evaluate(batch).loss()).as("8 for half the batch, 3 more").isEqualTo(11);
      assertThat(model.getClass().getClassLoader())
          .isSameAs(registry.model("inner").classLoader())
          .isNotSameAs(registry.model("halves").classLoader());
      assertThat(made).extracting(Selected::name).containsExactly("inner");
    }
  }

  @Test
  void aModelThatWouldBeMadeOfItselfIsRefusedWithOneMessage() {
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertRefused(
          () -> create(registry, "halves", Map.of("of", "halves")),
          "model 'halves' would be made of itself: halves -> halves; give the first one another"
              + " model inside");
    }
    // Its halves are made of what it says, which is itself.
    halves("quarters", "Map.of(\"of\", \"quarters\")");
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertRefused(
          () -> create(registry, "quarters", Map.of("of", "halves")),
          "model 'quarters' would be made of itself: quarters -> halves -> quarters; give the"
              + " first one another model inside");
    }
    assertThat(made).isEmpty();
  }

  @Test
  void whatIsWrongWithTheInnerModelIsSaidAsOfAnyModel() {
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThatThrownBy(() -> create(registry, "halves", Map.of("of", "iner")))
          .isInstanceOf(RoundelException.class)
          .hasMessageContaining("iner")
          .hasMessageContaining("inner");
      assertThatThrownBy(() -> create(registry, "quarters", Map.of("of", "inner")))
          .isInstanceOf(RoundelException.class)
          .hasMessageContaining("inner has no such option");
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RoundelException.class,
            refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessage(message);
  }
}
