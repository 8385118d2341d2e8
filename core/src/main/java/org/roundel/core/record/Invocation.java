package org.roundel.core.record;

import java.util.List;

/**
 * How the program was called, for the record of a run.
 *
 * @param command the command line, word by word
 */
public record Invocation(List<String> command) {
  /** A call that was not by a command line. */
  public static final Invocation NONE = new Invocation(List.of());

  /** Copies the list. */
  public Invocation {
    command = List.copyOf(command);
  }
}
