package org.roundel.dl4j.reference;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.CrashReportingUtil;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.PassTime;
import org.roundel.api.random.RandomSource;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.NetExecutor;
import org.roundel.dl4j.net.Normalization;
import org.roundel.dl4j.net.TensorSpec;

/**
 * Runs a net on DL4J's own {@code ComputationGraph}: the reference that other executors are checked
 * against.
 *
 * <p>DL4J's training is not used: no updater, no listeners, no {@code fit}. The output layer gives
 * scores without activation and has a {@link BatchLoss} for its loss. DL4J counts the running mean
 * and variance of batch normalisation among the parameters, and their "gradients" are what is to be
 * subtracted from them. Here its decay is 0, so that what is left is the batch's mean and biased
 * variance, and running statistics follow
 *
 * <pre>  running ← decay · running + (1 − decay) · batch  </pre>
 *
 * with the batch's unbiased variance, n/(n − 1) of the biased one for n values of a channel, as in
 * PyTorch; DL4J itself takes the biased one. A single value says nothing of the variance and leaves
 * it as it is. Workspaces belong to the thread that trains: call {@link #close} from the same
 * thread.
 */
public final class GraphExecutor implements NetExecutor {
  private final NetDefinition definition;
  private final DataType type;
  private final boolean oneDnn;
  private final BatchLoss loss;
  private final ComputationGraph graph;
  private final INDArray values;
  private final INDArray gradients;
  private final INDArray unusedLabels;
  private boolean closed;

  /**
   * Makes an executor whose values are all 0.
   *
   * @param type FLOAT, or DOUBLE to check gradients
   * @param oneDnn whether layers run on oneDNN where they can
   */
  public GraphExecutor(NetDefinition definition, DataType type, boolean oneDnn) {
    this.definition = definition;
    this.type = type;
    this.oneDnn = oneDnn && type == DataType.FLOAT;
    ComputationGraphConfiguration configuration = definition.configuration().clone();
    configuration.setDataType(type);
    LayerVertex last = (LayerVertex) configuration.getVertices().get(definition.output());
    OutputLayer output = (OutputLayer) last.getLayerConf().getLayer();
    loss = definition.hasSoftmax() ? new SoftmaxCrossEntropy() : new SquaredHinge();
    output.setLossFn(loss);
    output.setActivationFn(new ActivationIdentity());
    for (Normalization normalization : definition.normalizations()) {
      keepNothing(configuration, normalization.mean().layer());
    }
    // Out of memory, DL4J would write a report into the working directory, by libraries that are
    // not here.
    CrashReportingUtil.crashDumpsEnabled(false);
    graph = new ComputationGraph(configuration);
    INDArray all = Nd4j.create(type, 1, definition.length());
    graph.init(all, false);
    graph.initGradientsView();
    if (this.oneDnn) {
      OneDnnHelpers.install(graph);
    }
    values = all.reshape(definition.length());
    gradients = graph.getGradientsViewArray().reshape(definition.length());
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

  private static void keepNothing(ComputationGraphConfiguration configuration, String layer) {
    LayerVertex vertex = (LayerVertex) configuration.getVertices().get(layer);
    ((BatchNormalization) vertex.getLayerConf().getLayer()).setDecay(0);
  }

  @Override
  public BatchResult train(
      INDArray images, int[] labels, @Nullable INDArray targets, RandomSource random) {
    runBothWays(images, labels, targets, random);
    for (Normalization normalization : definition.normalizations()) {
      double decay = normalization.decay();
      double count = (double) labels.length * normalization.positions();
      INDArray mean = batch(normalization.mean());
      normalization.mean().view(values).muli(decay).addi(mean.muli(1 - decay));
      INDArray variance = batch(normalization.variance());
      if (count > 1) {
        variance.muli((1 - decay) * count / (count - 1));
        normalization.variance().view(values).muli(decay).addi(variance);
      }
    }
    return loss.result();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The sums are those of the definition, from the means and variances so far.
   */
  @Override
  public void estimateStatistics(INDArray images, long imagesBefore, RandomSource random) {
    int size = Math.toIntExact(images.size(0));
    runBothWays(images, new int[size], null, random);
    for (Normalization normalization : definition.normalizations()) {
      double before = (double) imagesBefore * normalization.positions();
      double count = (double) size * normalization.positions();
      INDArray means = normalization.mean().view(values);
      INDArray variances = normalization.variance().view(values);
      INDArray batchMeans = batch(normalization.mean());
      INDArray batchVariances = batch(normalization.variance());
      for (long channel = 0; channel < means.length(); channel++) {
        double past = before == 0 ? 0 : means.getDouble(channel);
        double own = batchMeans.getDouble(channel);
        double sum = before * past + count * own;
        double mean = sum / (before + count);
        double squares = count * batchVariances.getDouble(channel) + count * square(own - mean);
        if (before > 0) {
          squares += (before - 1) * variances.getDouble(channel) + before * square(past - mean);
        }
        means.putScalar(channel, mean);
        if (before + count > 1) {
          variances.putScalar(channel, squares / (before + count - 1));
        }
      }
    }
  }

  private static double square(double number) {
    return number * number;
  }

  private void runBothWays(
      INDArray images, int[] labels, @Nullable INDArray targets, RandomSource random) {
    if (definition.noisy()) {
      seed(random);
    }
    loss.expect(labels, targets);
    graph.setInputs(images.castTo(type));
    graph.setLabels(unusedLabels);
    graph.computeGradientAndScore();
    graph.clear();
  }

  /** Returns a batch's statistic, which DL4J has subtracted from the running one. */
  private INDArray batch(TensorSpec statistic) {
    return statistic.view(values).sub(statistic.view(gradients));
  }

  @Override
  public BatchResult evaluate(INDArray images, int[] labels, @Nullable INDArray scores) {
    loss.expect(labels, null);
    try (INDArray logits = graph.output(false, images.castTo(type))[0]) {
      loss.measure(logits);
      if (scores != null) {
        scores.assign(logits);
      }
    }
    graph.clear();
    return loss.result();
  }

  @Override
  public void predict(INDArray images, INDArray scores) {
    try (INDArray logits = graph.output(false, images.castTo(type))[0]) {
      scores.assign(logits);
    }
    graph.clear();
  }

  @Override
  public String engine() {
    return oneDnn ? "Deeplearning4j, with oneDNN where it can" : "Deeplearning4j's own kernels";
  }

  @Override
  public List<PassTime> profile(INDArray images, int[] labels, RandomSource random, int runs) {
    return List.of();
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
