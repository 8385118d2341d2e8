package org.roundel.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.roundel.api.model.BatchResult;
import org.roundel.api.random.RandomSource;

/**
 * Runs a net on DL4J's own {@code ComputationGraph}: the reference that other executors are checked
 * against.
 *
 * <p>DL4J's training is not used: no updater, no listeners, no {@code fit}. The output layer gives
 * scores without activation and has a {@link BatchLoss} for its loss. DL4J counts the running mean
 * and variance of batch normalisation among the parameters, and their "gradients" are what is to be
 * subtracted from them; that is done here, so running statistics follow
 *
 * <pre>  running ← decay · running + (1 − decay) · batch  </pre>
 *
 * with the batch's biased variance, where PyTorch takes the unbiased one. Workspaces belong to the
 * thread that trains: call {@link #close} from the same thread.
 */
final class GraphExecutor implements NetExecutor {
  private final NetDefinition definition;
  private final DataType type;
  private final BatchLoss loss;
  private final ComputationGraph graph;
  private final INDArray values;
  private final INDArray gradients;
  private final INDArray[] buffers;
  private final INDArray[] bufferUpdates;
  private final INDArray unusedLabels;
  private boolean closed;

  /**
   * Makes an executor whose values are all 0.
   *
   * @param type FLOAT, or DOUBLE to check gradients
   * @param oneDnn whether layers run on oneDNN where they can
   */
  GraphExecutor(NetDefinition definition, DataType type, boolean oneDnn) {
    this.definition = definition;
    this.type = type;
    ComputationGraphConfiguration configuration = definition.configuration().clone();
    configuration.setDataType(type);
    LayerVertex last = (LayerVertex) configuration.getVertices().get(definition.output());
    OutputLayer output = (OutputLayer) last.getLayerConf().getLayer();
    loss =
        output.getLossFn() instanceof LossSquaredHinge
            ? new SquaredHinge()
            : new SoftmaxCrossEntropy();
    output.setLossFn(loss);
    output.setActivationFn(new ActivationIdentity());
    graph = new ComputationGraph(configuration);
    INDArray all = Nd4j.create(type, 1, definition.length());
    graph.init(all, false);
    graph.initGradientsView();
    if (oneDnn && type == DataType.FLOAT) {
      OneDnnHelpers.install(graph);
    }
    values = all.reshape(definition.length());
    gradients = graph.getGradientsViewArray().reshape(definition.length());
    int count = definition.buffers().size();
    buffers = new INDArray[count];
    bufferUpdates = new INDArray[count];
    for (int index = 0; index < count; index++) {
      buffers[index] = definition.buffers().get(index).view(values);
      bufferUpdates[index] = definition.buffers().get(index).view(gradients);
    }
    unusedLabels = Nd4j.create(type, 1, 1);
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
  public BatchResult train(INDArray images, int[] labels, RandomSource random) {
    if (definition.noisy()) {
      seed(random);
    }
    loss.expect(labels);
    graph.setInputs(images.castTo(type));
    graph.setLabels(unusedLabels);
    graph.computeGradientAndScore();
    graph.clear();
    for (int index = 0; index < buffers.length; index++) {
      buffers[index].subi(bufferUpdates[index]);
    }
    return loss.result();
  }

  @Override
  public BatchResult evaluate(INDArray images, int[] labels) {
    loss.expect(labels);
    try (INDArray logits = graph.output(false, images.castTo(type))[0]) {
      loss.measure(logits);
    }
    graph.clear();
    return loss.result();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    graph.getGradientsViewArray().close();
    graph.params().close();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  /** Makes DL4J's noise a function of the random source, so that a resumed run repeats it. */
  private static void seed(RandomSource random) {
    long seed = ((long) random.bits(0) << 32) | Integer.toUnsignedLong(random.bits(1));
    // ND4J takes 0 for "no seed".
    Nd4j.getRandom().setSeed(seed == 0 ? 1 : seed);
  }
}
