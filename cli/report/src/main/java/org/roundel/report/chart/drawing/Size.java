package org.roundel.report.chart.drawing;

/** How large a chart with axes is, in units of length: pixels of a page where it has room. */
enum Size {
  /** On a page in a window, and in files. */
  WIDE(760, 460, 8),
  /** On a telephone. */
  NARROW(358, 340, 4);

  private final int width;
  private final int height;
  private final int marks;

  Size(int width, int height, int marks) {
    this.width = width;
    this.height = height;
    this.marks = marks;
  }

  int width() {
    return width;
  }

  /** Returns the height of a chart whose title and legend are one line each. */
  int height() {
    return height;
  }

  /** Returns about how wide the area between the axes is. */
  int plotWidth() {
    return width - 100;
  }

  /** Returns about how many marks a horizontal axis has. */
  int marks() {
    return marks;
  }
}
