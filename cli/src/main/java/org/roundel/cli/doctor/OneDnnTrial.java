package org.roundel.cli.doctor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** Rectifies a few numbers with oneDNN. */
final class OneDnnTrial {
  private static final String NAME = "oneDNN";

  private OneDnnTrial() {}

  static Finding finding() {
    try {
      dnnl_version_t version = dnnl.dnnl_version();
      String text =
          String.format(
              Locale.ROOT,
              "%s.%s.%s, uses %s",
              version.major(),
              version.minor(),
              version.patch(),
              instructions(dnnl.dnnl_get_effective_cpu_isa()));
      float[] found = rectified(-1, 2);
      return new Finding(
          NAME,
          text,
          Arrays.equals(found, new float[] {0, 2})
              ? null
              : "Of -1 and 2 it makes "
                  + Arrays.toString(found)
                  + " and should make 0 and 2: install Roundel again, for this operating system"
                  + " and processor.");
    } catch (LinkageError | RuntimeException unusable) {
      return new Finding(
          NAME,
          Libraries.version("org.bytedeco", "dnnl"),
          "It cannot be used: "
              + Libraries.reason(unusable)
              + ". Install Roundel again, for this operating system and processor; until then"
              + " --set model.engine=dl4j trains many times slower.");
    }
  }

  private static String instructions(int set) {
    return Arrays.stream(dnnl.cpu_isa.values())
        .filter(known -> known.value == set)
        .map(Enum::name)
        .findFirst()
        .orElse("instruction set " + set);
  }

  private static float[] rectified(float... numbers) {
    try (engine cpu = new engine(dnnl.dnnl_cpu, 0);
        stream work = new stream(cpu);
        FloatPointer data = new FloatPointer(numbers);
        memory.desc layout =
            new memory.desc(
                new long[] {numbers.length}, memory.data_type.f32, memory.format_tag.a);
        memory array = new memory(layout, cpu, data);
        eltwise_forward.primitive_desc description =
            new eltwise_forward.primitive_desc(
                cpu, dnnl.dnnl_forward_inference, dnnl.dnnl_eltwise_relu, layout, layout, 0);
        eltwise_forward rectifier = new eltwise_forward(description);
        IntMemoryMap arguments = new IntMemoryMap()) {
      arguments.put(DNNL_ARG_SRC, array).put(DNNL_ARG_DST, array);
      rectifier.execute(work, arguments);
      work._wait();
      float[] results = new float[numbers.length];
      data.get(results);
      return results;
    }
  }
}
