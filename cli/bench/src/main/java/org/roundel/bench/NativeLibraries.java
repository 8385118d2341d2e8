package org.roundel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

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
    // LibTorch's memory is its own affair: JavaCPP would call the garbage collector for it.
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
  }

  /**
   * Loads both, ND4J first, and checks that they use one OpenMP library and all processors.
   *
   * @throws IllegalStateException if not
   */
  static void load() {
    Nd4j.zeros(1).close();
    int nd4j = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    int libTorch = torch.get_num_threads();
    int processors = Runtime.getRuntime().availableProcessors();
    if (nd4j != processors || libTorch != processors) {
      throw new IllegalStateException(
          "threads of OpenMP: ND4J "
              + nd4j
              + ", LibTorch "
              + libTorch
              + "; wanted: "
              + processors
              + ", the processors. Leave OMP_NUM_THREADS unset.");
    }
    checkOneOpenMp();
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
