package org.roundel.core.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.Model;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.batch.BatchParts;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.batch.HeldOutDataset;
import org.roundel.core.batch.UnreadDataset;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.component.Components;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.Evaluator;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunStarted;
import org.roundel.core.net.BatchGradients;
import org.roundel.core.net.BufferEstimate;
import org.roundel.core.net.QuantizerHooks;
import org.roundel.core.net.RunLength;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.net.TrainingStep;
import org.roundel.core.record.EarlierRuns;
import org.roundel.core.record.RunOrigin;
import org.roundel.core.record.RunState;
import org.roundel.core.record.ShardRun;
import org.roundel.core.shard.Cluster;
import org.roundel.core.shard.ClusterPass;

/** Everything that one run has in memory: its components, the net, the readers of its batches. */
public final class TrainingSession implements AutoCloseable {
  private final Components components;
  private final RunConfiguration configuration;
  private final LongSupplier nanoTime;
  private final int partSize;
  private final Dataset images;
  private final Dataset dataset;
  private final Model model;
  private final TrainingTargets targets;
  private final Optimizer optimizer;
  private final BufferEstimate estimate;
  private final TrainedNet net;
  private final TrainingStep step;
  private final LearningRates rates;
  private final BatchReader trainBatches;
  private final BatchReader testBatches;
  private @Nullable BatchReader finalBatches;

  private TrainingSession(
      Components components,
      RunConfiguration configuration,
      Clock clock,
      TrainingSessions.Making making,
      List<AutoCloseable> opened) {
    this.components = components;
    this.configuration = configuration;
    this.nanoTime = clock::monotonicTime;
    int batchSize = configuration.get(RunSettings.BATCH_SIZE);
    int shards = configuration.get(RunSettings.SHARDS);
    // All that the net is given at a time, in an evaluation too.
    partSize = BatchParts.largest(batchSize, shards);
    long seed = configuration.get(RunSettings.SEED);
    // Cheap ones first, so that a mistake in their options is told before data are read.
    Quantizer quantizer = components.createQuantizer();
    optimizer = components.createOptimizer();
    rates =
        new LearningRates(
            components.createSchedule(),
            configuration.get(RunSettings.LEARNING_RATE),
            configuration.get(RunSettings.WARM_UP_EPOCHS));
    making.told().accept(Preparing.Part.DATA);
    images = components.createDataset();
    opened.add(images);
    dataset = HeldOutDataset.of(images, configuration.get(RunSettings.VALIDATION), seed);
    making.told().accept(Preparing.Part.NET);
    model = making.maker().make(components, dataset, partSize);
    opened.add(model);
    targets =
        new TrainingTargets(components, configuration, model, dataset, making.teachers(), partSize);
    opened.add(targets);
    long ahead =
        BatchReader.imagesAhead(dataset, Split.TRAIN, batchSize)
            + BatchReader.imagesAhead(dataset, Split.TEST, partSize);
    boolean estimates = configuration.get(RunSettings.ESTIMATE_STATISTICS);
    double averageDecay = configuration.get(RunSettings.EMA_DECAY);
    if (estimates || averageDecay > 0 || quantizer.keepsLatentWeights()) {
      // Those that running statistics may be estimated with.
      ahead += BatchReader.imagesAhead(dataset, Split.TRAIN, partSize);
    }
    if (isValidated()) {
      ahead += BatchReader.imagesAhead(images, Split.TEST, partSize);
    }
    MemoryCheck.require(
        model,
        quantizer,
        optimizer,
        configuration,
        ahead * dataset.inputShape().length(),
        making.memory());
    boolean here = making.cluster() == Cluster.NONE;
    Dataset read = here ? dataset : new UnreadDataset(dataset);
    trainBatches = new BatchReader(read, Split.TRAIN, batchSize, seed);
    testBatches = new BatchReader(dataset, Split.TEST, partSize, seed);
    estimate = new BufferEstimate(dataset, partSize, seed);
    ComponentCalls calls = new ComponentCalls(components.classLoaders());
    RunLength length =
        new RunLength(configuration.get(RunSettings.EPOCHS), trainBatches.batchesPerPass());
    QuantizerHooks hooks = new QuantizerHooks(quantizer, seed, length, calls);
    net =
        new TrainedNet(
            model,
            TrainedParameter.of(
                model,
                ParameterSelector.of(configuration.get(RunSettings.QUANTIZE)),
                quantizer,
                optimizer),
            hooks,
            estimate,
            estimates,
            calls);
    if (averageDecay > 0) {
      net.keepAverages(averageDecay);
    }
    ClusterPass pass =
        here
            ? null
            : ClusterPass.open(
                model, making.cluster(), ShardRun.bytes(configuration, origin()), shards);
    double norm = configuration.get(LossSettings.CLIP_NORM);
    BatchGradients gradients =
        new BatchGradients(net, seed, norm, shards, targets.ofBatches(), pass);
    step = new TrainingStep(net, hooks, optimizer, gradients, length, nanoTime);
  }

  /** Creates all components of a run; what was created is closed again if one fails. */
  static TrainingSession open(
      Components components,
      RunConfiguration configuration,
      Clock clock,
      TrainingSessions.Making making) {
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      return new TrainingSession(components, configuration, clock, making, opened);
    } catch (RuntimeException | Error failure) {
      for (AutoCloseable resource : opened) {
        try {
          resource.close();
        } catch (Exception also) {
          failure.addSuppressed(also);
        }
      }
      throw failure;
    }
  }

  Components components() {
    return components;
  }

  public RunConfiguration configuration() {
    return configuration;
  }

  /** Returns the record of what is in use. */
  ObjectNode origin() {
    ObjectNode origin = RunOrigin.now(components, images, model);
    targets.addTo(origin);
    return origin;
  }

  /** Returns the time, of which only differences matter. */
  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** Returns the images that are trained on, and those that each epoch is evaluated on. */
  public Dataset dataset() {
    return dataset;
  }

  /** Returns whether training images are held out, which each epoch is evaluated on. */
  boolean isValidated() {
    return dataset != images;
  }

  /** Returns what the user should know of the images, one line each. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(dataset.notices());
    if (dataset instanceof HeldOutDataset held) {
      notices.addAll(EarlierRuns.notices(configuration, held));
    }
    return notices;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  public TrainedNet net() {
    return net;
  }

  public TrainingStep step() {
    return step;
  }

  public LearningRates rates() {
    return rates;
  }

  public BatchReader trainBatches() {
    return trainBatches;
  }

  /** Returns what evaluates each epoch. */
  Evaluator evaluator() {
    return new Evaluator(net, testBatches, dataset.classNames());
  }

  /** Returns what evaluates on the test images, whatever each epoch is evaluated on. */
  Evaluator testEvaluator() {
    if (!isValidated()) {
      return evaluator();
    }
    if (finalBatches == null) {
      finalBatches =
          new BatchReader(images, Split.TEST, partSize, configuration.get(RunSettings.SEED));
    }
    return new Evaluator(net, finalBatches, images.classNames());
  }

  public BatchReader testBatches() {
    return testBatches;
  }

  /**
   * Returns what there is to say of a run that is set up.
   *
   * @param state where it stands
   * @param notices what the user should know
   */
  RunStarted started(Path directory, RunState state, List<String> notices) {
    long numbers = 0;
    long quantized = 0;
    List<String> quantizedNames = new ArrayList<>();
    for (TrainedParameter parameter : net.parameters()) {
      numbers += parameter.netWeights().length();
      if (parameter.isQuantized()) {
        quantized += parameter.netWeights().length();
        quantizedNames.add(parameter.name());
      }
    }
    return new RunStarted(
        directory,
        RunOrigin.version(),
        configuration,
        numbers,
        quantized,
        quantizedNames,
        dataset.size(Split.TRAIN),
        images.size(Split.TEST),
        trainBatches.batchesPerPass(),
        state.stepsDone(),
        state.best(),
        net.layers(),
        notices);
  }

  @Override
  public void close() {
    // The readers' threads use the dataset, so they end first.
    trainBatches.close();
    testBatches.close();
    if (finalBatches != null) {
      finalBatches.close();
    }
    estimate.close();
    targets.close();
    model.close();
    images.close();
  }
}
