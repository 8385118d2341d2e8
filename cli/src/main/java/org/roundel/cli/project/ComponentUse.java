package org.roundel.cli.project;

import org.roundel.core.plugin.ComponentKind;

/** The command by which a component is used. */
public final class ComponentUse {
  private ComponentUse() {}

  /** Returns the command for a component of that name. */
  public static String command(ComponentKind kind, String name) {
    return switch (kind) {
      case EXPORTER -> "roundel export RUN --format " + name + " --out FILE";
      case INFERENCE -> "roundel evaluate FILE --inference " + name;
      default -> "roundel train --" + kind + " " + name;
    };
  }
}
