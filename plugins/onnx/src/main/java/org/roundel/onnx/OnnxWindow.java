package org.roundel.onnx;

import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;

/**
 * A window over an image as ONNX can say it: padding is never negative. Where a window leaves out
 * the last pixels, either no window reaches them anyway, or the image is cut before.
 *
 * @param image the shape of the image before it is cut
 * @param rows down the image, whose padding may still be negative
 * @param columns across it
 */
record OnnxWindow(ValueShape image, Axis rows, Axis columns) {
  /** Returns a window over an image. */
  static OnnxWindow of(Window window, ValueShape image) {
    return new OnnxWindow(
        image, plain(window.rows(), image.height()), plain(window.columns(), image.width()));
  }

  private static Axis plain(Axis axis, int pixels) {
    Axis all = withBehind(axis, Math.max(0, axis.behind()));
    return all.outputs(pixels) == axis.outputs(pixels) ? all : axis;
  }

  private static Axis withBehind(Axis axis, int behind) {
    return new Axis(axis.kernel(), axis.stride(), axis.before(), behind, axis.dilation());
  }

  /** Returns whether the image must be cut. */
  boolean isCut() {
    return rows.behind() < 0 || columns.behind() < 0;
  }

  /** Returns whether its pixels are not side by side. */
  boolean isDilated() {
    return rows.dilation() > 1 || columns.dilation() > 1;
  }

  /** Returns whether a window may lie in the padding as a whole. */
  boolean mayMissTheImage() {
    return missesBy(rows) || missesBy(columns);
  }

  private static boolean missesBy(Axis axis) {
    return Math.max(axis.before(), axis.behind()) >= axis.kernel();
  }

  /** Returns the part of the image that the windows see: the value itself, or a node's. */
  String cut(OnnxGraph graph, String value) {
    if (!isCut()) {
      return value;
    }
    return graph.node(
        "Slice",
        value,
        graph.numbers(0, 0),
        graph.numbers(
            image.height() + Math.min(0, rows.behind()),
            image.width() + Math.min(0, columns.behind())),
        graph.numbers(2, 3));
  }

  /**
   * Returns the attributes of the node that moves the window.
   *
   * @param dilations whether its operator has dilations; they are then always written, as readers
   *     of QONNX want it
   */
  Attributes attributes(boolean dilations) {
    Attributes attributes =
        new Attributes()
            .numbers("kernel_shape", rows.kernel(), columns.kernel())
            .numbers("strides", rows.stride(), columns.stride())
            .numbers(
                "pads",
                rows.before(),
                columns.before(),
                Math.max(0, rows.behind()),
                Math.max(0, columns.behind()));
    return dilations
        ? attributes.numbers("dilations", rows.dilation(), columns.dilation())
        : attributes;
  }
}
