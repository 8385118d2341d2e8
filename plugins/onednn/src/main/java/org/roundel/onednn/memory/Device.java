package org.roundel.onednn.memory;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;

/** oneDNN's processor with one stream of work, and how memory is described to it. */
public final class Device implements AutoCloseable {
  private final engine cpu = new engine(dnnl.dnnl_cpu, 0);
  private final stream work = new stream(cpu);

  /** Returns the processor. */
  public engine cpu() {
    return cpu;
  }

  /** Returns the stream of work. */
  public stream work() {
    return work;
  }

  /** Returns attributes by which a primitive takes its scratch memory from the caller. */
  public static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
    return attributes;
  }

  /** Describes an array in a layout that has a name. */
  public static memory.desc describe(memory.format_tag tag, long... sizes) {
    return new memory.desc(sizes, memory.data_type.f32, tag);
  }

  /** Describes a vector. */
  public static memory.desc vector(long length) {
    return describe(memory.format_tag.a, length);
  }

  /** Describes a batch of images, or of rows, which have one layout only. */
  public static memory.desc describe(Layout layout, long batch, Shape shape) {
    return shape.row()
        ? describe(memory.format_tag.ab, batch, shape.channels())
        : describe(tag(layout), batch, shape.channels(), shape.height(), shape.width());
  }

  private static memory.format_tag tag(Layout layout) {
    if (layout == Layout.CHANNELS_LAST) {
      return memory.format_tag.acdb;
    }
    return wide() ? memory.format_tag.aBcd16b : memory.format_tag.aBcd8b;
  }

  /** Returns how many channels a block has on this machine. */
  public static long block() {
    return wide() ? 16 : 8;
  }

  private static boolean wide() {
    int instructions = dnnl.dnnl_get_effective_cpu_isa();
    return (instructions & dnnl.dnnl_cpu_isa_avx512_core) == dnnl.dnnl_cpu_isa_avx512_core;
  }

  @Override
  public void close() {
    work.close();
    cpu.close();
  }
}
