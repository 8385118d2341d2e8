package org.roundel.onednn.operation;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_soft_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;

/** A function that is applied to each number of a value, x. */
public enum ActivationFunction {
  /** max(x, 0) + α·min(x, 0); α is 0 for the plain rectifier. */
  RELU(dnnl_eltwise_relu, dnnl_eltwise_relu_use_dst_for_bwd),
  /** x where x &gt; 0, else α·(exp(x) − 1). */
  ELU(dnnl_eltwise_elu, dnnl_eltwise_elu_use_dst_for_bwd),
  /** tanh(x). */
  TANH(dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd),
  /** 1 / (1 + exp(−x)). */
  SIGMOID(dnnl_eltwise_logistic, dnnl_eltwise_logistic_use_dst_for_bwd),
  /** log(1 + exp(α·x)) / α. */
  SOFTPLUS(dnnl_eltwise_soft_relu, 0),
  /** x / (1 + exp(−α·x)). */
  SWISH(dnnl_eltwise_swish, 0);

  private final int algorithm;
  private final int algorithmFromOutput;

  ActivationFunction(int algorithm, int algorithmFromOutput) {
    this.algorithm = algorithm;
    this.algorithmFromOutput = algorithmFromOutput;
  }

  /** Returns oneDNN's algorithm, of the kind whose derivative needs the input. */
  int algorithm() {
    return algorithm;
  }

  /**
   * Returns whether the derivative can be computed from the output, so that the input need not be
   * kept and the output may take its place.
   */
  boolean derivableFromOutput() {
    return algorithmFromOutput != 0;
  }

  /** Returns the algorithm for training: from the output where that is possible. */
  int trainingAlgorithm() {
    return derivableFromOutput() ? algorithmFromOutput : algorithm;
  }
}
