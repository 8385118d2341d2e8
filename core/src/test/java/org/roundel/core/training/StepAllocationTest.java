package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.random.RandomSource;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.loss.BatchTargets;
import org.roundel.core.net.BatchGradients;
import org.roundel.core.net.BufferEstimate;
import org.roundel.core.net.QuantizerHooks;
import org.roundel.core.net.RunLength;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.net.TrainingStep;
import org.roundel.core.plugin.ComponentKind;

/** The step around the model makes no arrays. */
class StepAllocationTest {
  private static final int CLASSES = 10;
  private static final int PARAMETERS = 10;
  private static final long SIZE = 20_000;
  private static final int IMAGES = 7;

  /**
   * What remains, for each parameter and step: the buffers through which components see the memory
   * of an array (some 200 bytes each; at most two in each of two hooks, and two in the optimizer),
   * the hooks' contexts with their sources of random numbers (about 200 bytes each), and a few
   * dozen bytes for each pass. An array of one parameter's size would be 8,000 bytes, shared among
   * all of them.
   */
  private static final long BOUND = 3_000;

  @ParameterizedTest
  @ValueSource(strings = {"full", "latent-sign", "latent-stochastic", "stored-stochastic"})
  void allocatesAFewSmallObjectsPerParameter(String name) throws IOException {
    assertThat(allocated(name, 1) / PARAMETERS)
        .as("bytes for each parameter and step")
        .isLessThan(BOUND);
  }

  /**
   * For each part its source of random numbers and its batch with targets, some 700 bytes; the
   * views of a batch, made anew, would be thousands.
   */
  @Test
  void theFourPartsOfABatchAddFourTimesAFewSmallObjects() throws IOException {
    assertThat(allocated("full", 4) - allocated("full", 1)).isLessThan(4 * 1_000);
  }

  /** Returns how many bytes a step allocates. */
  private static long allocated(String name, int shards) throws IOException {
    Quantizer quantizer = quantizer(name);
    Optimizer optimizer =
        new TestingPlugin().optimizers().get(0).create(Options.defaults(List.of()));
    ConstantModel model = new ConstantModel();
    ClassLoader own = StepAllocationTest.class.getClassLoader();
    ComponentCalls calls =
        new ComponentCalls(
            Map.of(
                ComponentKind.QUANTIZER, own,
                ComponentKind.MODEL, own,
                ComponentKind.OPTIMIZER, own));
    RunLength length = new RunLength(30, 1);
    QuantizerHooks hooks = new QuantizerHooks(quantizer, 1, length, calls);
    TrainedNet net =
        new TrainedNet(
            model,
            TrainedParameter.of(model, ParameterSelector.of("all"), quantizer, optimizer),
            hooks,
            new BufferEstimate(blobs(), 1, 1),
            false,
            calls);
    // Smaller than the gradient's norm, so that every step scales it.
    BatchGradients gradients =
        new BatchGradients(
            net, 1, 0.5, shards, new BatchTargets(IMAGES, CLASSES, 0.1, null, 1), null);
    TrainingStep step = new TrainingStep(net, hooks, optimizer, gradients, length, () -> 0);
    Batch batch = new Batch(Nd4j.zeros(DataType.FLOAT, IMAGES, 1, 1, 1), new int[IMAGES]);
    long warmUp = 20;
    for (long update = 1; update <= warmUp; update++) {
      step.apply(batch, update, 0.01, true);
    }

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long steps = 10;
    long before = threads.getThreadAllocatedBytes(thread);
    for (long update = warmUp + 1; update <= warmUp + steps; update++) {
      step.apply(batch, update, 0.01, true);
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / steps;
  }

  private static Dataset blobs() throws IOException {
    DatasetFactory factory = new TestingPlugin().datasets().get(0);
    return factory.create(Options.defaults(factory.options()), Path.of(""));
  }

  private static Quantizer quantizer(String name) {
    for (QuantizerFactory factory : new TestingPlugin().quantizers()) {
      if (factory.name().equals(name)) {
        return factory.create(Options.defaults(factory.options()));
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** A model whose gradient is always the same, so that all allocation is the step's. */
  private static final class ConstantModel implements Model {
    private static final BatchResult RESULT = new BatchResult(1, 0, 1);

    private final List<Parameter> parameters = new ArrayList<>();

    ConstantModel() {
      for (int index = 0; index < PARAMETERS; index++) {
        parameters.add(
            new Parameter(
                "layer" + index + "/weight",
                ParameterRole.LINEAR_WEIGHT,
                Nd4j.zeros(DataType.FLOAT, 10, SIZE / 10),
                Nd4j.ones(DataType.FLOAT, 10, SIZE / 10)));
      }
    }

    @Override
    public List<Parameter> parameters() {
      return parameters;
    }

    @Override
    public List<Buffer> buffers() {
      return List.of(new Buffer("running-mean", Nd4j.zeros(DataType.FLOAT, 100)));
    }

    @Override
    public BatchResult computeGradients(Batch batch, RandomSource random) {
      return RESULT;
    }

    @Override
    public BatchResult evaluate(Batch batch) {
      return RESULT;
    }

    @Override
    public void predict(INDArray images, INDArray scores) {
      throw new UnsupportedOperationException("no step asks for scores");
    }

    @Override
    public List<LayerDescription> layers() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
