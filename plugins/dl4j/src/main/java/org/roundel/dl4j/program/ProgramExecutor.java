package org.roundel.dl4j.program;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.PassTime;
import org.roundel.api.random.RandomSource;
import org.roundel.dl4j.net.NetExecutor;
import org.roundel.onednn.CompiledNet;
import org.roundel.onednn.Execution;
import org.roundel.onednn.InsufficientMemoryException;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Wishes;

/** Runs a net as a program compiled to oneDNN. */
public final class ProgramExecutor implements NetExecutor {
  private final INDArray values;
  private final INDArray gradients;
  private final CompiledNet net;
  private final Wishes wishes;
  private boolean closed;

  /**
   * Makes an executor whose values are all 0.
   *
   * @param length how many numbers the flat arrays have
   * @param wishes how it is computed, where there is a choice
   * @param forEvaluation whether it is to be trained only when it is first asked to
   * @throws org.roundel.api.InvalidInputException if there is not memory enough
   */
  public ProgramExecutor(
      Graph graph, long length, int batchSize, Wishes wishes, boolean forEvaluation) {
    this.wishes = wishes;
    values = Nd4j.create(DataType.FLOAT, length);
    gradients = Nd4j.create(DataType.FLOAT, length);
    try {
      Execution execution =
          new Execution(wishes, new PassTeam(), OpenMpThreads.ofOneDnn(), NativeMemory::allowed);
      net =
          forEvaluation
              ? CompiledNet.forEvaluation(
                  graph, pointer(values), pointer(gradients), batchSize, execution)
              : new CompiledNet(graph, pointer(values), pointer(gradients), batchSize, execution);
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public INDArray values() {
    return values;
  }

  @Override
  public INDArray gradients() {
    return gradients;
  }

  @Override
  public BatchResult train(
      INDArray images, int[] labels, @Nullable INDArray targets, RandomSource random) {
    try {
      CompiledNet.Result result =
          net.train(
              pointer(images),
              labels,
              targets == null ? null : Tensors.floats(targets),
              (stream, numbers) -> fill(random.forTensor(stream), numbers));
      return new BatchResult(result.loss(), result.wrong(), labels.length);
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public void estimateStatistics(INDArray images, long imagesBefore, RandomSource random) {
    try {
      net.estimateStatistics(
          pointer(images),
          Math.toIntExact(images.size(0)),
          imagesBefore,
          (stream, numbers) -> fill(random.forTensor(stream), numbers));
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public BatchResult evaluate(INDArray images, int[] labels, @Nullable INDArray scores) {
    try {
      CompiledNet.Result result =
          scores == null
              ? net.evaluate(pointer(images), labels)
              : net.evaluate(pointer(images), labels, Tensors.floats(scores));
      return new BatchResult(result.loss(), result.wrong(), labels.length);
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public void predict(INDArray images, INDArray scores) {
    try {
      net.predict(pointer(images), Math.toIntExact(images.size(0)), Tensors.floats(scores));
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public String engine() {
    try {
      return net.engine();
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public List<PassTime> profile(INDArray images, int[] labels, RandomSource random, int runs) {
    List<ConvolutionMethod> others = new ArrayList<>();
    for (ConvolutionMethod method : List.of(ConvolutionMethod.DIRECT, ConvolutionMethod.WINOGRAD)) {
      if (method != wishes.convolution()) {
        others.add(method);
      }
    }
    try {
      return PassTimes.of(
          net.profile(
              pointer(images),
              labels,
              (stream, numbers) -> fill(random.forTensor(stream), numbers),
              runs,
              others));
    } catch (InsufficientMemoryException tooLarge) {
      throw NativeMemory.refused(tooLarge);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    net.close();
    values.close();
    gradients.close();
  }

  private static void fill(RandomSource random, FloatBuffer numbers) {
    for (int index = 0; index < numbers.limit(); index++) {
      // 24 bits, which a float holds exactly, so that 1 does not occur.
      numbers.put(index, (float) (Math.floor(random.uniform(index) * 0x1p24) * 0x1p-24));
    }
  }

  /** Returns where a dense array's numbers start. */
  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(Tensors.floats(array));
  }
}
