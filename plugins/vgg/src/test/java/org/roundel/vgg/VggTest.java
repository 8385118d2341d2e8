package org.roundel.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** The numbers of weights of the nets in Li et al. 2017, and which images they take. */
class VggTest {
  private static final InputShape CIFAR = new InputShape(3, 32, 32);

  @Test
  void vgg9() {
    try (Model model = create(new Vgg9Factory(), CIFAR, 10)) {
      assertThat(weights(model, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(1_734_336);
      assertThat(weights(model, ParameterRole.LINEAR_WEIGHT)).isEqualTo(1_051_136);
      assertThat(weights(model, ParameterRole.BIAS)).isEqualTo(10);
      // Scale and shift of seven convolutions and one linear layer.
      assertThat(weights(model, ParameterRole.NORMALISATION))
          .isEqualTo(2 * (64 + 64 + 128 + 128 + 256 + 256 + 256 + 256));
      assertThat(model.buffers()).hasSize(16);
    }
  }

  @Test
  void vggBc() {
    try (Model model = create(new VggBcFactory(), CIFAR, 10)) {
      assertThat(weights(model, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(4_574_592);
      assertThat(weights(model, ParameterRole.LINEAR_WEIGHT)).isEqualTo(9_447_424);
      assertThat(weights(model, ParameterRole.NORMALISATION))
          .isEqualTo(2 * (2 * 128 + 2 * 256 + 2 * 512 + 2 * 1024));
      assertThat(model.parameters())
          .extracting(Parameter::name)
          .contains("conv1/weight", "linear3/weight", "linear3/bias")
          .doesNotContain("linear3-norm/gamma");
    }
  }

  /** Three poolings by 2, rounded down. */
  @ParameterizedTest
  @CsvSource({"1, 28, 28, 9", "3, 8, 8, 1", "3, 40, 17, 10"})
  void theFirstLinearLayerFollowsTheImage(int channels, int height, int width, int pixels) {
    try (Model model = create(new Vgg9Factory(), new InputShape(channels, height, width), 5)) {
      Parameter linear =
          model.parameters().stream()
              .filter(parameter -> parameter.name().equals("linear1/weight"))
              .findFirst()
              .orElseThrow();
      assertThat(linear.values().shape()).containsExactly(256, 256L * pixels);
      Batch batch = new Batch(Nd4j.ones(2, channels, height, width), new int[] {0, 4});
      assertThat(model.evaluate(batch).loss()).isFinite();
    }
  }

  @Test
  void imagesThatPoolingWouldMakeVanishAreRefused() {
    InputShape input = new InputShape(3, 8, 7);
    assertThatThrownBy(() -> create(new Vgg9Factory(), input, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "model 'vgg-9' cannot be made for images of 3x8x7 and 10 classes: layer 'pool3'"
                + " (SubsamplingLayer) cannot be run: its window of 2x2 does not fit what it gets,"
                + " 2x1 with padding 0x0; use larger images or a net that shrinks them less");
  }

  private static Model create(ModelFactory factory, InputShape input, int classes) {
    return factory.create(
        new ModelRequest(
            factory.name(),
            input,
            classes,
            2,
            Options.defaults(List.copyOf(factory.options())),
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
}
