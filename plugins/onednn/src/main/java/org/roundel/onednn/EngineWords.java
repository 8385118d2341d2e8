package org.roundel.onednn;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.kernel.ConvolutionKernels;
import org.roundel.onednn.program.Program;
import org.roundel.winograd.VectorSupport;

/** What computes a program, in words: all that the last bits of its results depend on. */
final class EngineWords {
  /** Kernels in Java whose sums are as wide as the machine's vectors. */
  private static final Set<String> VECTORS = Set.of(ConvolutionKernels.WINOGRAD, Program.VECTORS);

  private EngineWords() {}

  static String of(Program program) {
    dnnl_version_t version = dnnl.dnnl_version();
    String library =
        String.format(
            Locale.ROOT,
            "oneDNN %s.%s.%s %s",
            version.major(),
            version.minor(),
            version.patch(),
            instructions(dnnl.dnnl_get_effective_cpu_isa()));
    String inVectors =
        program.steps().stream()
            .filter(step -> VECTORS.contains(step.kernel()))
            .map(step -> step.part().kind())
            .distinct()
            .sorted()
            .collect(joining(", "));
    return inVectors.isEmpty()
        ? library
        : String.format(
            Locale.ROOT,
            "%s; vectors of %d bits: %s",
            library,
            VectorSupport.lanes() * Float.SIZE,
            inVectors);
  }

  private static String instructions(int set) {
    return Arrays.stream(dnnl.cpu_isa.values())
        .filter(known -> known.value == set)
        .map(Enum::name)
        .findFirst()
        .orElse("instruction set " + set);
  }
}
