package org.roundel.cli.check;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.Subject;

/**
 * Checks rules on a thread of their own with the plugin's class loader as its context class loader,
 * so that a component that hangs breaks the rule and no more.
 */
final class RuleRunner {
  private final ClassLoader classLoader;
  private final Duration limit;

  /**
   * Makes a runner.
   *
   * @param limit how long a rule may take
   */
  RuleRunner(ClassLoader classLoader, Duration limit) {
    this.classLoader = classLoader;
    this.limit = limit;
  }

  /**
   * Checks a rule.
   *
   * @return what the rule threw; null if the component keeps it
   * @throws InterruptedException if the caller is interrupted
   */
  <S extends Subject> @Nullable Throwable check(Rule<S> rule, S subject)
      throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                rule.check(subject);
              } catch (Throwable failure) {
                thrown.set(failure);
              } finally {
                ended.countDown();
              }
            },
            "plugin-check");
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    thread.start();
    if (ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return thrown.get();
    }
    String where = place(thread.getStackTrace());
    thread.interrupt();
    return new HangingRule(
        String.format(
            Locale.ROOT,
            "found no end after %s%s; allowed: at most that; with %s",
            seconds(),
            where,
            subject.optionsText()));
  }

  private String seconds() {
    return limit.toSeconds() > 0 ? limit.toSeconds() + " seconds" : limit.toMillis() + " ms";
  }

  /** Returns the plugin's own method on the stack, else the topmost. */
  private String place(StackTraceElement[] stack) {
    for (StackTraceElement element : stack) {
      String loader = element.getClassLoaderName();
      if (loader != null && loader.equals(classLoader.getName())) {
        return ", in " + element;
      }
    }
    return stack.length == 0 ? "" : ", in " + stack[0];
  }

  /** Says that a rule took too long. */
  static final class HangingRule extends Exception {
    private static final long serialVersionUID = 1L;

    private HangingRule(String message) {
      super(message);
    }
  }
}
