/** Trained nets as ONNX, whose weights are packed bits, and as QONNX for FPGA tools. */
@NullMarked
package org.roundel.onnx;

import org.jspecify.annotations.NullMarked;
