package org.roundel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.roundel.threads.PassThreads;
import org.roundel.winograd.VectorSupport;

/** ND4J and LibTorch in one process: that they share what they must share for a fair race. */
final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * Tells JavaCPP where and how to work. To be called before anything of it is loaded.
   *
   * <p>The libraries go to {@code native} beside the classes, as no other program's starts are to
   * touch what a race has loaded.
   */
  static void prepare() {
    Path classes =
        Path.of(
            URI.create(
                NativeLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()));
    System.setProperty(
        "org.bytedeco.javacpp.cachedir", classes.resolveSibling("native").toString());
    // The nets' memory is their own affair: JavaCPP would call the garbage collector for it.
    System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
  }

  /** Loads both, ND4J first, and checks that they use one OpenMP library. */
  static void load() {
    Nd4j.zeros(1).close();
    torch.get_num_threads();
    checkOneOpenMp();
  }

  /**
   * Checks, once the sides are made, that each uses all processors.
   *
   * @throws IllegalStateException if not
   */
  static void checkThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    int nd4j = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    int libTorch = torch.get_num_threads();
    int passes = PassThreads.count();
    if (nd4j != processors || libTorch != processors || passes != processors) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "threads of ND4J %d, of Roundel's passes %d, of LibTorch %d; wanted: %d, the"
                  + " processors",
              nd4j,
              passes,
              libTorch,
              processors));
    }
  }

  /** Returns a line on what decides the speed here. */
  static String describe() {
    String vectors = VectorSupport.problem();
    return String.format(
        Locale.ROOT,
        "%d processors, Java %s, convolutions by Winograd: %s; LibTorch's vectors: %s;"
            + " OMP_WAIT_POLICY %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        vectors == null ? VectorSupport.lanes() + " lanes" : "none, " + vectors,
        torch.get_cpu_capability().getString(),
        Objects.requireNonNullElse(System.getenv("OMP_WAIT_POLICY"), "unset"));
  }

  /** Checks that one OpenMP library is mapped at most; call again when more has been loaded. */
  static void checkOneOpenMp() {
    List<String> libraries = openMpLibraries();
    if (libraries.size() > 1) {
      throw new IllegalStateException(
          "more than one OpenMP library is loaded, so threads get in each other's way: "
              + libraries);
    }
  }

  /** Returns the files of OpenMP libraries that this process has mapped; Linux only. */
  private static List<String> openMpLibraries() {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.matches(".*/lib(gomp|iomp|omp)[^/]*"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the duel needs Linux's /proc", unreadable);
    }
  }
}
