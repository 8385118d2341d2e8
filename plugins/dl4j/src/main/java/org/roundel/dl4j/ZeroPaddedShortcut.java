package org.roundel.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runs a {@link ZeroPaddedShortcutVertex} in DL4J's graph. */
@SuppressWarnings("overrides") // DL4J's own base class overrides setInputs(...) with an array.
final class ZeroPaddedShortcut extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final int stride;
  private final long channels;

  ZeroPaddedShortcut(
      ComputationGraph graph, String name, int index, int stride, long channels, DataType type) {
    super(graph, name, index, null, null, type);
    this.stride = stride;
    this.channels = channels;
  }

  /** Returns how many of {@code size} rows or columns are kept. */
  static long kept(long size, int stride) {
    return (size + stride - 1) / stride;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray in = inputs[0];
    long[] shape = {in.size(0), channels, kept(in.size(2), stride), kept(in.size(3), stride)};
    INDArray out = workspaces.create(ArrayType.ACTIVATIONS, in.dataType(), shape, 'c');
    firstChannels(out, in.size(1)).assign(strided(in));
    return out;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray in = inputs[0];
    INDArray gradient =
        workspaces.create(ArrayType.ACTIVATION_GRAD, in.dataType(), in.shape(), 'c');
    strided(gradient).assign(firstChannels(epsilon, in.size(1)));
    return new Pair<>(null, new INDArray[] {gradient});
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray view) {
    if (view != null) {
      throw new IllegalStateException("a zero-padded shortcut has no parameters");
    }
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int size) {
    return null;
  }

  @Override
  public String toString() {
    return "ZeroPaddedShortcut(" + getVertexName() + ")";
  }

  private INDArray strided(INDArray array) {
    return array.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        everyStride(array.size(2)),
        everyStride(array.size(3)));
  }

  private INDArrayIndex everyStride(long size) {
    if (kept(size, stride) == 1) {
      // ND4J's strided interval refuses an axis of size 1.
      return NDArrayIndex.interval(0, 1);
    }
    return NDArrayIndex.interval(0, stride, size);
  }

  private static INDArray firstChannels(INDArray array, long count) {
    return array.get(
        NDArrayIndex.all(),
        NDArrayIndex.interval(0, count),
        NDArrayIndex.all(),
        NDArrayIndex.all());
  }
}
