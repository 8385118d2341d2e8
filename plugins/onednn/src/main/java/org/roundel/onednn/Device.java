package org.roundel.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;

/** oneDNN's processor with one stream of work, and how memory is described to it. */
final class Device implements AutoCloseable {
  private final engine cpu = new engine(dnnl.dnnl_cpu, 0);
  private final stream work = new stream(cpu);

  engine cpu() {
    return cpu;
  }

  stream work() {
    return work;
  }

  /** Returns attributes by which a primitive takes its scratch memory from the caller. */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
    return attributes;
  }

  /** Describes an array in a layout that has a name. */
  static memory.desc describe(memory.format_tag tag, long... sizes) {
    return new memory.desc(sizes, memory.data_type.f32, tag);
  }

  /** Describes an array by the distance between neighbours in each dimension. */
  static memory.desc strided(long[] sizes, long[] strides) {
    return new memory.desc(sizes, memory.data_type.f32, strides);
  }

  @Override
  public void close() {
    work.close();
    cpu.close();
  }
}
