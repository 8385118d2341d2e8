package org.roundel.cli.command;

import java.util.List;

/** What the program says where nobody told it what to do: how to go about it, in a few lines. */
final class ShortUsage {
  /** The lines. */
  static final List<String> LINES =
      List.of(
          "Usage: roundel COMMAND [OPTION]...",
          "Trains neural nets whose weights are quantized.",
          "",
          "  roundel train            train a small net on built-in images, in seconds",
          "  roundel train --help     what can be set",
          "  roundel list             nets, methods and datasets by name",
          "  roundel describe NAME    what one of them is",
          "  roundel resume RUN       go on with a run that was stopped",
          "  roundel evaluate RUN     test a trained net; 'inspect' looks into it",
          "  roundel ui               see all runs in a browser",
          "  roundel export RUN       write it as a file for other programs",
          "  roundel help             all commands; 'roundel help COMMAND' tells of one");

  private ShortUsage() {}
}
