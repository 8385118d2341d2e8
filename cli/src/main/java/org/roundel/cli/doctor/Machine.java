package org.roundel.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.roundel.api.MemoryLimit;
import org.roundel.report.terminal.Texts;

/** The computer, its operating system and the Java that runs the program. */
final class Machine {
  /** Variables whose values steer the native libraries. */
  private static final List<String> SHOWN =
      List.of(
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "OPENBLAS_NUM_THREADS",
          "ONEDNN_MAX_CPU_ISA",
          "LD_PRELOAD",
          "LD_LIBRARY_PATH",
          "LANG",
          "LC_ALL");

  /** Variables that may hold a password. */
  private static final List<String> NAMED =
      List.of("ROUNDEL_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private Machine() {}

  static List<Finding> findings(Map<String, String> environment) {
    return List.of(
        java(), system(), processor(), memory(), locale(environment), variables(environment));
  }

  private static Finding java() {
    String collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(" and "));
    return Finding.of(
        "Java",
        String.format(
            Locale.ROOT,
            "%s of %s in %s, garbage collectors %s",
            System.getProperty("java.runtime.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.home"),
            collectors));
  }

  private static Finding system() {
    return Finding.of(
        "System",
        String.format(
            Locale.ROOT,
            "%s %s on %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
  }

  private static Finding processor() {
    Processor processor = Processor.read();
    int usable = Runtime.getRuntime().availableProcessors();
    return new Finding(
        "Processor",
        processor.model() + ", " + usable + (usable == 1 ? " processor" : " processors"),
        processor.lacksAvx2()
            ? "It lacks AVX2, which the native libraries are built for: use a processor of 2015 or"
                + " later."
            : null);
  }

  private static Finding memory() {
    String physical = "";
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      physical =
          String.format(
              Locale.ROOT,
              "%s, %s of it unused; ",
              Texts.bytes(system.getTotalMemorySize()),
              Texts.bytes(system.getFreeMemorySize()));
    }
    String limit =
        MemoryLimit.ofProcess()
            .map(group -> Texts.bytes(group.available()) + " left " + group.words() + "; ")
            .orElse("no container's limit; ");
    return Finding.of(
        "Memory",
        physical + limit + "Java heap up to " + Texts.bytes(Runtime.getRuntime().maxMemory()));
  }

  private static Finding locale(Map<String, String> environment) {
    String names = System.getProperty("sun.jnu.encoding");
    return Finding.of(
        "Locale",
        String.format(
            Locale.ROOT,
            "%s, text in %s, file names in %s",
            userLocale(environment),
            Charset.defaultCharset(),
            names));
  }

  /**
   * Returns the locale of who called the start script, and which one that took instead. The
   * program's own is neither.
   */
  private static String userLocale(Map<String, String> environment) {
    String called = System.getProperty("roundel.locale");
    if (called == null) {
      String country = System.getProperty("user.country", "");
      return System.getProperty("user.language") + (country.isEmpty() ? "" : "-" + country);
    }
    String taken = environment.getOrDefault("LC_ALL", "");
    return taken.isEmpty() || taken.equals(called)
        ? called
        : called + " (" + taken + " taken instead, for any character in file names)";
  }

  private static Finding variables(Map<String, String> environment) {
    List<String> set = new ArrayList<>();
    for (String name : SHOWN) {
      if (environment.containsKey(name)) {
        set.add(name + "=" + environment.get(name));
      }
    }
    for (String name : NAMED) {
      if (environment.containsKey(name)) {
        set.add(name + " (value not shown)");
      }
    }
    return Finding.of("Variables", set.isEmpty() ? "none set" : String.join(", ", set));
  }
}
