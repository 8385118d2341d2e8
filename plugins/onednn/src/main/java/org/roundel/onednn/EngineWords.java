package org.roundel.onednn;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.kernel.ConvolutionKernels;
import org.roundel.onednn.program.Program;
import org.roundel.winograd.VectorSupport;

/** What computes a program, in words: all that the last bits of its results depend on. */
final class EngineWords {
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
    boolean filters =
        program.steps().stream()
            .anyMatch(step -> step.kernel().equals(ConvolutionKernels.WINOGRAD));
    return filters
        ? String.format(
            Locale.ROOT,
            "%s, Winograd's convolutions in vectors of %d bits",
            library,
            VectorSupport.lanes() * Float.SIZE)
        : library;
  }

  private static String instructions(int set) {
    return Arrays.stream(dnnl.cpu_isa.values())
        .filter(known -> known.value == set)
        .map(Enum::name)
        .findFirst()
        .orElse("instruction set " + set);
  }
}
