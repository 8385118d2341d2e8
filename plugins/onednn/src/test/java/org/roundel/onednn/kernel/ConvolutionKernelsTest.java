package org.roundel.onednn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundel.onednn.net.Layout.BLOCKED;
import static org.roundel.onednn.net.Layout.CHANNELS_LAST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.VectorSupport;

/** The written rule by which each pass of a convolution gets its kernel. */
class ConvolutionKernelsTest {
  /** What is chosen for a convolution of 3×3. */
  record Choice(
      String why,
      long inputs,
      long outputs,
      long size,
      boolean images,
      @Nullable Layout wish,
      List<Layout> passes,
      boolean product) {}

  private static Choice plain(long inputs, long outputs, long size, Layout all, boolean product) {
    return new Choice(
        inputs + " to " + outputs + " channels of " + size,
        inputs,
        outputs,
        size,
        false,
        null,
        List.of(all, all, all),
        product);
  }

  static List<Choice> choices() {
    List<Layout> blocked = List.of(BLOCKED, BLOCKED, BLOCKED);
    List<Layout> last = List.of(CHANNELS_LAST, CHANNELS_LAST, CHANNELS_LAST);
    List<Layout> mixed = List.of(BLOCKED, BLOCKED, CHANNELS_LAST);
    return List.of(
        plain(16, 16, 32, BLOCKED, false),
        plain(64, 64, 16, BLOCKED, false),
        plain(48, 128, 16, BLOCKED, false),
        plain(64, 128, 17, BLOCKED, false),
        plain(64, 128, 16, CHANNELS_LAST, true),
        plain(128, 64, 16, CHANNELS_LAST, true),
        plain(512, 512, 8, CHANNELS_LAST, true),
        plain(16, 10, 8, CHANNELS_LAST, false),
        plain(10, 16, 8, CHANNELS_LAST, false),
        new Choice("colour images", 3, 16, 32, true, null, blocked, false),
        new Choice(
            "grey images, whose weights know no blocks", 1, 16, 28, true, null, mixed, false),
        new Choice("few channels, no images", 3, 16, 32, false, null, last, false),
        new Choice("wide, blocks wished", 128, 128, 8, false, BLOCKED, blocked, false),
        new Choice("wide, wished otherwise", 128, 128, 8, false, CHANNELS_LAST, last, false),
        new Choice("images, wished otherwise", 3, 16, 32, true, CHANNELS_LAST, last, false));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void eachPassHasItsOwn(Choice choice) {
    Shape in = Shape.image(choice.inputs(), choice.size(), choice.size());
    Window window = Window.square(3, 1, 1);
    ConvolutionShape shape =
        new ConvolutionShape(in, window.over(in, choice.outputs()), window, choice.images(), false);
    assertThat(
            ConvolutionKernels.choose(shape, new Wishes(choice.wish(), ConvolutionMethod.DIRECT)))
        .isEqualTo(
            new ConvolutionKernels(
                new OneDnnForward(shape, choice.passes().get(0)),
                new OneDnnInputGradient(shape, choice.passes().get(1)),
                new OneDnnWeightsGradient(shape, choice.passes().get(2), choice.product())));
  }

  private static ConvolutionShape shape(
      long inputs, long outputs, long size, Window window, boolean images, boolean biased) {
    Shape in = Shape.image(inputs, size, size);
    return new ConvolutionShape(in, window.over(in, outputs), window, images, biased);
  }

  @ParameterizedTest
  @EnumSource
  void winogradWhereItCanAndMay(ConvolutionMethod method) {
    Window same = Window.square(3, 1, 1);
    long panel = 2L * VectorSupport.lanes();
    ConvolutionShape suitable = shape(panel, 2 * panel, 8, same, false, false);
    boolean may = method != ConvolutionMethod.DIRECT;
    for (Layout layout : Layout.values()) {
      assertThat(winograd(suitable, new Wishes(layout, method))).isEqualTo(may);
      assertThat(ConvolutionKernels.choose(suitable, new Wishes(layout, method)).forward().layout())
          .isEqualTo(layout);
    }
    assertThat(winograd(suitable, new Wishes(null, method))).isEqualTo(may);
    List<ConvolutionShape> others =
        List.of(
            shape(panel / 2, panel, 8, same, false, false),
            shape(panel, panel / 2, 8, same, false, false),
            shape(panel, panel, 3, same, false, false),
            shape(2048 + panel, 2048, 8, same, false, false),
            shape(panel, panel, 8, same, true, false),
            shape(panel, panel, 8, same, false, true),
            shape(panel, panel, 8, Window.square(3, 2, 1), false, false),
            shape(panel, panel, 8, Window.square(1, 1, 0), false, false),
            shape(panel, panel, 8, Window.square(3, 1, 0), false, false));
    for (ConvolutionShape other : others) {
      assertThat(winograd(other, new Wishes(null, method))).as(other.toString()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void productsOfMatricesWhereImagesAreSmall(ConvolutionMethod method) {
    Window same = Window.square(3, 1, 1);
    Window strided = Window.square(3, 2, 1);
    Wishes wishes = new Wishes(null, method);
    boolean may = method != ConvolutionMethod.DIRECT;
    for (ConvolutionShape suitable :
        List.of(
            shape(128, 256, 2, same, false, false),
            shape(512, 512, 1, same, false, false),
            shape(1, 3, 4, strided, false, false))) {
      assertThat(product(suitable, wishes)).as(suitable.toString()).isEqualTo(may);
    }
    for (ConvolutionShape other :
        List.of(
            shape(512, 512, 3, same, false, false),
            shape(512, 512, 5, strided, false, false),
            shape(512, 512, 2, Window.square(1, 1, 0), false, false),
            shape(512, 512, 2, same, true, false),
            shape(512, 512, 2, same, false, true))) {
      assertThat(product(other, wishes)).as(other.toString()).isFalse();
    }
    ConvolutionShape many = shape(512, 512, 2, same, false, false);
    long batch = Integer.MAX_VALUE / (4 * 512 * 9);
    Wishes auto = new Wishes(null, ConvolutionMethod.AUTO);
    assertThat(ConvolutionKernels.choose(many, auto, batch, CHANNELS_LAST).forward())
        .isEqualTo(new MatrixProduct.Forward(many));
    assertThat(ConvolutionKernels.choose(many, auto, batch + 1, CHANNELS_LAST).forward())
        .isEqualTo(new OneDnnForward(many, CHANNELS_LAST));
  }

  private static boolean product(ConvolutionShape shape, Wishes wishes) {
    ConvolutionKernels chosen = ConvolutionKernels.choose(shape, wishes);
    boolean forward = chosen.forward() instanceof MatrixProduct.Forward;
    assertThat(chosen.inputGradient() instanceof MatrixProduct.InputGradient).isEqualTo(forward);
    assertThat(chosen.weightsGradient() instanceof MatrixProduct.WeightsGradient)
        .isEqualTo(forward);
    return forward;
  }

  @Test
  void arraysThatJavaCannotCountAreOneDnns() {
    long panel = 2L * VectorSupport.lanes();
    ConvolutionShape shape = shape(panel, 2 * panel, 1024, Window.square(3, 1, 1), false, false);
    long batch = Integer.MAX_VALUE / shape.out().size();
    for (Layout home : Layout.values()) {
      Wishes wishes = new Wishes(home, ConvolutionMethod.AUTO);
      assertThat(ConvolutionKernels.choose(shape, wishes, batch, home).forward())
          .isInstanceOf(WinogradForward.class);
      assertThat(ConvolutionKernels.choose(shape, wishes, batch + 1, home).forward())
          .isEqualTo(new OneDnnForward(shape, home));
    }
  }

  private static boolean winograd(ConvolutionShape shape, Wishes wishes) {
    ConvolutionKernels chosen = ConvolutionKernels.choose(shape, wishes);
    boolean forward = chosen.forward() instanceof WinogradForward;
    assertThat(chosen.inputGradient() instanceof WinogradInputGradient).isEqualTo(forward);
    assertThat(chosen.weightsGradient() instanceof WinogradWeightsGradient).isEqualTo(forward);
    return forward;
  }
}
