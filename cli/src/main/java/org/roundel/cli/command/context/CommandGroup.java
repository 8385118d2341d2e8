package org.roundel.cli.command.context;

import java.util.List;

/** A command that has commands below it. */
public interface CommandGroup {
  /** Returns the classes of the commands below it, in the order of its help. */
  List<Class<?>> commands();
}
