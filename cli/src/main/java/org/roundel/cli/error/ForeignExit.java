package org.roundel.cli.error;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roundel.report.terminal.Terminal;

/**
 * Notices that something else than the program ends the process by {@link System#exit}, as a plugin
 * might: whoever started the process must not take its exit code for that of a command that is
 * done.
 */
public final class ForeignExit {
  private static final List<String> OWN = List.of("org.roundel.cli.", "org.roundel.spark.");

  private ForeignExit() {}

  /**
   * Watches from now on.
   *
   * @param terminal told of it
   */
  public static void watch(Terminal terminal) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> answer(terminal), "exit of somebody else"));
  }

  private static void answer(Terminal terminal) {
    caller(Thread.getAllStackTraces())
        .filter(frame -> OWN.stream().noneMatch(frame.getClassName()::startsWith))
        .ifPresent(
            frame -> {
              terminal.statusLine().close();
              new ErrorReporter(terminal, false).print(message(frame));
              terminal.err().flush();
              Runtime.getRuntime().halt(ExitCodes.PLUGIN);
            });
  }

  static String message(StackTraceElement caller) {
    return "the program was ended by System.exit in "
        + caller.getClassName()
        + "."
        + caller.getMethodName()
        + ", which no plugin may do, so the command has not come to its end. A run is kept as its"
        + " last checkpoint; once the plugin is mended or taken away, go on from it by 'roundel resume'";
  }

  /** Returns who has called System.exit: that thread waits in it for the hooks to end. */
  static Optional<StackTraceElement> caller(Map<Thread, StackTraceElement[]> threads) {
    return threads.values().stream().map(ForeignExit::caller).flatMap(Optional::stream).findFirst();
  }

  private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> !isExit(frame))
        .dropWhile(ForeignExit::isExit)
        .findFirst();
  }

  private static boolean isExit(StackTraceElement frame) {
    String name = frame.getClassName();
    return (name.equals("java.lang.System") || name.equals("java.lang.Runtime"))
        && frame.getMethodName().equals("exit");
  }
}
