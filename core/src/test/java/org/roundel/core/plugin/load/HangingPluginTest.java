package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundel.core.Golden.assertGolden;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;

/** Plugins that never say what they offer, each at another place, beside whole ones. */
class HangingPluginTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final String WAIT =
      "try { new java.util.concurrent.CountDownLatch(1).await(); }"
          + " catch (InterruptedException asked) { throw new IllegalStateException(asked); }";

  /** Goes on waiting when it is asked to end. */
  private static final String STUBBORN =
      "while (true) { try { Thread.sleep(10_000); } catch (InterruptedException again) { } }";

  private static final String FOR_EVER =
      "if (System.nanoTime() != 0) { java.util.concurrent.locks.LockSupport.park(); }";

  @TempDir private Path plugins;

  @Test
  void areReportedWithThePlaceAndTheOthersLoad() throws InterruptedException {
    PluginJar.offering("first").write(plugins.resolve("a.jar"));
    hanging("public Plugin() { " + WAIT + " }").write(plugins.resolve("constructor.jar"));
    hanging("static { " + FOR_EVER + " }").write(plugins.resolve("initializer.jar"));
    hanging(
            "@Override public List<org.roundel.api.model.ModelFactory> models() { "
                + STUBBORN
                + "}")
        .write(plugins.resolve("models.jar"));
    PluginJar library =
        new PluginJar()
            .source(
                "library.Slow",
                "package library; public class Slow { public static String name() { "
                    + STUBBORN
                    + " } }");
    library.write(plugins.resolve("name/library.jar"));
    new PluginJar()
        .source(
            "sample.Plugin",
            PluginJar.plugin("x").replace("return name;", "return library.Slow.name();"),
            library)
        .provider("sample.Plugin")
        .write(plugins.resolve("name/plugin.jar"));
    PluginJar.offering("last").write(plugins.resolve("z.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins, LIMIT)) {
      assertThat(registry.components())
          .extracting(ComponentDescriptor::name)
          .containsExactly("first", "last");
      StringBuilder messages = new StringBuilder();
      for (PluginFailure failure : registry.failures()) {
        messages.append(failure.message()).append('\n');
      }
      assertGolden("plugin/hangs", messages.toString(), Map.of(plugins.toString(), "<plugins>"));
    }
    // One that listens is asked to end; the others must not keep the program from ending.
    Thread listens = thread("plugin constructor");
    if (listens != null) {
      listens.join();
    }
    assertThat(thread("plugin models")).isNotNull().extracting(Thread::isDaemon).isEqualTo(true);
  }

  /** It may only be slow, on a machine with much other work, so it has longer; not for ever. */
  @Test
  void oneThatComputesHasLonger() {
    // It is interrupted when it is given up, and ends then: no test runs beside it.
    String spin = "while (!Thread.currentThread().isInterrupted()) { }";
    hanging("public Plugin() { " + spin + " }").write(plugins.resolve("computes.jar"));
    String slow =
        "long end = System.nanoTime() + 1_000_000_000L; while (System.nanoTime() < end) { }";
    hanging("public Plugin() { " + slow + " }").write(plugins.resolve("slow.jar"));
    try (PluginRegistry registry = PluginLoader.load(plugins, Duration.ofMillis(500))) {
      assertThat(registry.plugins()).extracting(PluginDescriptor::name).containsExactly("slow");
      assertThat(registry.failures()).hasSize(1);
      assertGolden(
          "plugin/hangs-computing",
          // Where in the loop it is seen differs.
          registry.failures().get(0).message().replaceAll(", which calls [\\w.]+", ""),
          Map.of(plugins.toString(), "<plugins>"));
    }
  }

  @Test
  void anInterruptedCallerLoadsAllTheSame() {
    PluginJar.offering("whole").write(plugins.resolve("whole.jar"));
    Thread.currentThread().interrupt();
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.failures()).isEmpty();
      assertThat(registry.quantizer("whole").name()).isEqualTo("whole");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static Thread thread(String name) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        return thread;
      }
    }
    return null;
  }

  private static PluginJar hanging(String member) {
    return new PluginJar()
        .source(
            "sample.Plugin",
            PluginJar.plugin("x").replace("static final class", member + "\nstatic final class"))
        .provider("sample.Plugin");
  }
}
