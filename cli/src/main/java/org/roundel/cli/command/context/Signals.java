package org.roundel.cli.command.context;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
      Method number = signal.getMethod("getNumber");
      // Method handles would do it in fewer words, and take twice as long: every start waits for
      // this.
      Object adapted =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {signalHandler},
              (proxy, method, arguments) -> {
                handler.accept((int) number.invoke(arguments[0]));
                return null;
              });
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
