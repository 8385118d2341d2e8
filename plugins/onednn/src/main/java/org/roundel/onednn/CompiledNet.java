package org.roundel.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.LayoutPlan;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.OpenMp;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * A net as programs for training and inference, one for each batch size that it meets. They share
 * one arena of memory, as only one runs at a time. Values and gradients lie in flat arrays that
 * belong to the caller and outlive this object; weights are read from them at every run, and
 * gradients and running statistics written to them.
 *
 * <p>For one thread at a time. The number of OpenMP threads of the calling thread should be the
 * same for all calls, and is the same afterwards; results may depend on it, and on the team's size.
 */
public final class CompiledNet implements AutoCloseable {
  private final Graph graph;
  private final FloatPointer values;
  private final FloatPointer gradients;
  private final LayoutPlan layouts;
  private final BatchInput input = new BatchInput();
  private final Room room;
  private final Execution execution;
  private final Programs training;
  private final Programs inference;
  private final int batchSize;
  private @Nullable String engine;
  private boolean closed;

  /**
   * What a batch gave.
   *
   * @param loss mean over the batch
   * @param wrong how many images were given a wrong class
   */
  public record Result(double loss, int wrong) {}

  /**
   * Compiles a net for training at a batch size; other sizes are compiled when they come.
   *
   * @param graph the net
   * @param values all slices of the graph lie in it
   * @param gradients likewise; the slices of running statistics are not written
   * @param batchSize the usual number of images in a batch
   * @param execution what it is run by
   * @throws InsufficientMemoryException if that takes more memory than there is
   */
  public CompiledNet(
      Graph graph,
      FloatPointer values,
      FloatPointer gradients,
      int batchSize,
      Execution execution) {
    this(graph, values, gradients, batchSize, execution, true);
  }

  private CompiledNet(
      Graph graph,
      FloatPointer values,
      FloatPointer gradients,
      int batchSize,
      Execution execution,
      boolean trains) {
    this.graph = graph;
    this.batchSize = batchSize;
    this.values = values;
    this.gradients = gradients;
    this.layouts = new LayoutPlan(graph, execution.wishes());
    this.room = new Room(execution);
    this.execution = execution;
    this.training = new Programs(room, batch -> training(layouts, batch));
    this.inference =
        new Programs(
            room,
            batch ->
                new InferenceCompiler(graph, layouts, batch, builder(layouts), input).compile());
    try {
      if (trains) {
        engine();
      } else {
        inference.of(batchSize);
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /**
   * Compiles a net for evaluation at a batch size; for training when it is first trained. All else
   * is as with the constructor.
   */
  public static CompiledNet forEvaluation(
      Graph graph,
      FloatPointer values,
      FloatPointer gradients,
      int batchSize,
      Execution execution) {
    return new CompiledNet(graph, values, gradients, batchSize, execution, false);
  }

  /** Returns how many bytes of native memory the net's programs work in; 0 once it is closed. */
  public long arenaSize() {
    return room.size();
  }

  /**
   * Computes loss and gradients of a batch in training mode, and moves the running statistics.
   *
   * @param images [labels.length, channels, height, width], float32, dense
   * @param labels the class of each image, in range
   * @param noise where dropout's random numbers come from
   */
  public Result train(Pointer images, int[] labels, NoiseSource noise) {
    return train(images, labels, null, noise);
  }

  /**
   * Does so for the loss of target probabilities in place of the labels, which cross-entropy has.
   *
   * @param targets [labels.length, classes]; null for the labels'
   */
  public Result train(
      Pointer images, int[] labels, @Nullable FloatBuffer targets, NoiseSource noise) {
    if (targets != null && graph.loss() != Loss.SOFTMAX_CROSS_ENTROPY) {
      throw new IllegalArgumentException("targets for " + graph.loss() + ", which has none");
    }
    Program program = program(training, labels.length);
    input.set(labels, noise);
    input.setTargets(targets);
    return run(program, images);
  }

  /**
   * Runs a batch forward in training mode and makes the running statistics those of its images and
   * of images before it together: the mean, and the unbiased variance, of all values of a channel.
   * Gradients mean nothing afterwards.
   *
   * @param images [batch, channels, height, width], float32, dense
   * @param batch how many images, at least 1
   * @param imagesBefore how many images the statistics are of already, by calls like this one; 0 to
   *     begin anew
   * @param noise where dropout's random numbers come from
   */
  public void estimateStatistics(Pointer images, int batch, long imagesBefore, NoiseSource noise) {
    Program program = program(training, batch);
    input.setForEstimate(noise, imagesBefore);
    program.runForward(images);
  }

  /**
   * Computes the loss of a batch in inference mode.
   *
   * @param images [labels.length, channels, height, width], float32, dense
   * @param labels the class of each image, in range
   */
  public Result evaluate(Pointer images, int[] labels) {
    Program program = program(inference, labels.length);
    input.set(labels, CompiledNet::noNoise);
    return run(program, images);
  }

  /**
   * Computes loss and scores of a batch in inference mode.
   *
   * @param images [labels.length, channels, height, width], float32, dense
   * @param labels the class of each image, in range
   * @param scores written: [labels.length, classes]
   */
  public Result evaluate(Pointer images, int[] labels, FloatBuffer scores) {
    Program program = program(inference, labels.length);
    input.set(labels, CompiledNet::noNoise);
    input.addScores(scores);
    return run(program, images);
  }

  private static void noNoise(int stream, FloatBuffer numbers) {
    throw new IllegalStateException("inference takes no noise");
  }

  /**
   * Computes the scores of a batch in inference mode.
   *
   * @param images [batch, channels, height, width], float32, dense
   * @param batch how many images, at least 1
   * @param scores written: [batch, classes]
   */
  public void predict(Pointer images, int batch, FloatBuffer scores) {
    Program program = program(inference, batch);
    input.setForScores(scores);
    program.run(images);
  }

  /**
   * Returns in words what computes the net in training; what differs there may differ in the
   * results' last bits.
   *
   * @throws InsufficientMemoryException if it was not trained yet, and there is too little memory
   */
  public String engine() {
    if (engine == null) {
      engine = EngineWords.of(program(training, batchSize));
    }
    return engine;
  }

  /**
   * Trains on one batch again and again and measures each step of the program; and of programs that
   * compute convolutions by other methods, which are freed again. All run in turn. Values stay as
   * they are, but for running statistics.
   *
   * @param runs how often
   * @param methods those to measure too; one that gives every pass the same kernel as another
   *     before it is left out
   * @return the steps in their order: of the program, and of those by other methods
   */
  public List<List<StepTime>> profile(
      Pointer images, int[] labels, NoiseSource noise, int runs, List<ConvolutionMethod> methods) {
    int batch = labels.length;
    List<Program> others = new ArrayList<>();
    try {
      List<StepTimer> timers = new ArrayList<>();
      timers.add(new StepTimer(program(training, batch), runs));
      for (ConvolutionMethod method : methods) {
        LayoutPlan plan = new LayoutPlan(graph, layouts.wishes().with(method));
        Program other = training(plan, batch);
        others.add(other);
        if (timers.stream().noneMatch(timer -> timer.sameKernels(other))) {
          timers.add(new StepTimer(other, runs));
        }
      }
      // The arena may move as it grows, so all know the place only when it has its size.
      for (StepTimer timer : timers) {
        room.reserve(timer.program(), batch);
      }
      for (StepTimer timer : timers) {
        room.bind(timer.program(), batch);
      }
      input.set(labels, noise);
      for (int run = -StepTimer.WARM_UP; run < runs; run++) {
        for (StepTimer timer : timers) {
          timer.run(images, run);
        }
      }
      return timers.stream().map(StepTimer::times).toList();
    } finally {
      others.forEach(Program::close);
    }
  }

  private Result run(Program program, Pointer images) {
    program.run(images);
    return new Result(input.outcome().loss(), input.outcome().wrong());
  }

  private Program program(Programs programs, int batch) {
    if (closed) {
      throw new IllegalStateException("the net is closed");
    }
    return programs.of(batch);
  }

  private Program training(LayoutPlan plan, int batch) {
    return new TrainingCompiler(graph, plan, batch, builder(plan), input).compile();
  }

  private ProgramBuilder builder(LayoutPlan plan) {
    OpenMp openMp = execution.forOneTeam(plan.wishes());
    return new ProgramBuilder(room.device(), values, gradients, null, room.workspace(), openMp);
  }

  /** Frees native memory; a second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    training.close();
    inference.close();
    room.close();
  }
}
