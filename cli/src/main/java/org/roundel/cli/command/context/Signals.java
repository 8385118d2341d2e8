package org.roundel.cli.command.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.IntConsumer;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system, through {@code sun.misc.Signal}: the JDK has no other door to
 * them. It is reached by name, because the compiler warns of every mention.
 *
 * <p>A shutdown hook would not do: once the JVM runs its hooks it ignores all further signals.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls a handler with the signal's number, on a thread of its own, instead of leaving the JVM.
   * Where the system has no such signal, or this process was started with the signal ignored (as by
   * {@code nohup}), nothing changes.
   *
   * @param name as in {@code INT}
   */
  static void handle(String name, IntConsumer handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle number =
          lookup.findVirtual(signal, "getNumber", MethodType.methodType(int.class));
      MethodHandle accept =
          lookup
              .findVirtual(
                  IntConsumer.class, "accept", MethodType.methodType(void.class, int.class))
              .bindTo(handler);
      Object adapted =
          MethodHandleProxies.asInterfaceInstance(
              signalHandler, MethodHandles.filterArguments(accept, 0, number));
      signal
          .getMethod("handle", signal, signalHandler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), adapted);
    } catch (ReflectiveOperationException unsupported) {
      // Asked for only here: a process's first logger reads the log's configuration, which takes
      // longer than to print a help text.
      LoggerFactory.getLogger(Signals.class)
          .debug("signal {} is left to the JVM", name, unsupported);
    }
  }
}
