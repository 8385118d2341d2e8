package org.roundel.cli.command.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Whether a stream has ended: by its standard input a process hears of the end of its parent. */
final class InputEnd implements BooleanSupplier {
  private final InputStream input;
  private volatile boolean reached;

  private InputEnd(InputStream input) {
    this.input = input;
  }

  /** Reads a stream from now on, and drops what comes. */
  static InputEnd of(InputStream input) {
    InputEnd end = new InputEnd(input);
    Thread thread = new Thread(end::read, "end of input");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private void read() {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // Nobody is at the other end either.
    }
    reached = true;
  }

  @Override
  public boolean getAsBoolean() {
    return reached;
  }
}
