package org.roundel.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * The numbers of weights and layers of the nets in Li et al. 2017, which follow from the shapes.
 */
class ParameterCountTest {
  private static final InputShape CIFAR = new InputShape(3, 32, 32);

  @Test
  void resNet56() {
    try (Model model = create(new ResNetFactory(), Map.of("depth", "56"), CIFAR, 10)) {
      assertThat(weights(model, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(848_304);
      assertThat(weights(model, ParameterRole.LINEAR_WEIGHT)).isEqualTo(640);
      assertThat(weights(model, ParameterRole.BIAS)).isEqualTo(10);
      assertThat(layers(model)).isEqualTo(55);
    }
  }

  @Test
  void wideResNet56() {
    Map<String, String> options = Map.of("depth", "56", "widening", "2");
    try (Model model = create(new WideResNetFactory(), options, CIFAR, 10)) {
      assertThat(weights(model, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(3_387_312);
      assertThat(layers(model)).isEqualTo(55);
    }
  }

  @Test
  void resNet18() {
    InputShape imageNet = new InputShape(3, 224, 224);
    try (Model model = create(new ResNet18Factory(), Map.of(), imageNet, 1000)) {
      assertThat(weights(model, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(11_166_912);
      assertThat(weights(model, ParameterRole.LINEAR_WEIGHT)).isEqualTo(512_000);
      // 17 and three shortcuts.
      assertThat(layers(model)).isEqualTo(20);
    }
  }

  /** A depth of 6n+2 has 6n+1 convolutions. */
  @ParameterizedTest
  @CsvSource({"8, 7", "20, 19", "110, 109"})
  void depthCountsLayersWithWeights(String depth, int convolutions) {
    try (Model model = create(new ResNetFactory(), Map.of("depth", depth), CIFAR, 10)) {
      assertThat(layers(model)).isEqualTo(convolutions);
      assertThat(model.parameters())
          .extracting(Parameter::name)
          .contains("stem/weight", "stage2-block1-conv1/weight", "stage3-block1-conv2-norm/gamma");
    }
  }

  /** Layer by layer: pixels of the output, times weights; shortcuts of zeros take no products. */
  @Test
  void multiplyAddsOfResNet20() {
    long stem = 32 * 32 * (3 * 16 * 9);
    long stage1 = 6 * (32 * 32 * (16 * 16 * 9));
    long stage2 = 16 * 16 * (16 * 32 * 9) + 5 * (16 * 16 * (32 * 32 * 9));
    long stage3 = 8 * 8 * (32 * 64 * 9) + 5 * (8 * 8 * (64 * 64 * 9));
    long linear = 64 * 10;
    long afterStem = stage1 + stage2 + stage3 + linear;
    assertThat(stem + afterStem).isEqualTo(40_551_040);
    try (Model model = create(new ResNetFactory(), Map.of("depth", "20"), CIFAR, 10)) {
      assertThat(model.multiplyAddsPerImage())
          .isEqualTo(new MultiplyAdds(stem + afterStem, stem + 2 * afterStem));
    }
  }

  /** Sizes that pooling or striding could make vanish. */
  @ParameterizedTest
  @CsvSource({"1, 28, 28", "3, 5, 7", "2, 1, 1", "1, 2, 9"})
  void anyImageSizeRuns(int channels, int height, int width) {
    runs(new ResNetFactory(), Map.of("depth", "8"), new InputShape(channels, height, width));
  }

  @Test
  void resNet18RunsOnASinglePixel() {
    runs(new ResNet18Factory(), Map.of(), new InputShape(1, 1, 1));
  }

  private static void runs(ModelFactory factory, Map<String, String> options, InputShape input) {
    try (Model model = create(factory, options, input, 2)) {
      Batch batch =
          new Batch(
              Nd4j.ones(2, input.channels(), input.height(), input.width()), new int[] {0, 1});
      double loss =
          model.computeGradients(batch, RandomSource.of(1, RandomPurpose.MODEL, 0)).loss();
      assertThat(loss).isFinite();
      assertThat(model.evaluate(batch).size()).isEqualTo(2);
    }
  }

  private static Model create(
      ModelFactory factory, Map<String, String> options, InputShape input, int classes) {
    List<Option<?>> declared = new ArrayList<>(factory.options());
    declared.addAll(factory.nameOptions());
    return factory.create(
        new ModelRequest(
            factory.name(),
            input,
            classes,
            4,
            Options.of(declared, options),
            RandomSource.of(1, RandomPurpose.INITIALIZE, 0)));
  }

  private static long weights(Model model, ParameterRole role) {
    long weights = 0;
    for (Parameter parameter : model.parameters()) {
      if (parameter.role() == role) {
        weights += parameter.values().length();
      }
    }
    return weights;
  }

  private static long layers(Model model) {
    return model.parameters().stream()
        .filter(parameter -> parameter.role() == ParameterRole.CONVOLUTION_WEIGHT)
        .count();
  }
}
