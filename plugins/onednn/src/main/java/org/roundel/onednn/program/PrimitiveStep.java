package org.roundel.onednn.program;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A primitive that runs on the same arrays each time.
 *
 * @param count how many arguments it has
 */
record PrimitiveStep(
    String name,
    String kernel,
    dnnl_primitive primitive,
    dnnl_stream stream,
    int count,
    dnnl_exec_arg_t arguments)
    implements Step {
  @Override
  public void run() {
    int status = dnnl.dnnl_primitive_execute(primitive, stream, count, arguments);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN could not run " + name + " (" + kernel + "): status " + status);
    }
  }
}
