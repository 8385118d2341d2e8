package org.roundel.report.terminal;

import java.io.IOException;
import java.io.OutputStream;

/** What is printed on a terminal that has a status line. */
final class OutputAbove extends OutputStream {
  private final StatusLine line;
  private final OutputStream destination;

  OutputAbove(StatusLine line, OutputStream destination) {
    this.line = line;
    this.destination = destination;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      line.write(destination, bytes, offset, length);
    }
  }
}
