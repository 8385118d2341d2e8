package org.roundel.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.FrozenGraph;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.LayoutPlan;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.Constants;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * A trained net whose values never change, as programs that compute its scores, one for each batch
 * size that it meets. They share one arena of memory, as only one runs at a time.
 *
 * <p>For one thread at a time. The number of OpenMP threads of the calling thread should be the
 * same for all calls; results may depend on it.
 */
public final class FrozenNet implements AutoCloseable {
  private final BatchInput input = new BatchInput();
  private final FrozenGraph frozen;
  private final Constants constants;
  private final Room room;
  private final Programs programs;
  private @Nullable Program last;
  private boolean closed;

  /**
   * Freezes a net.
   *
   * @param graph the net; it needs no loss
   * @param values all slices of the graph lie in it; read here and never again
   * @param execution what it is run by
   */
  public FrozenNet(Graph graph, FloatPointer values, Execution execution) {
    this.frozen = FrozenGraph.of(graph, values);
    this.room = new Room(execution);
    this.constants = new Constants(room.device());
    LayoutPlan layouts = new LayoutPlan(frozen.graph(), execution.wishes());
    this.programs = new Programs(room, batch -> compile(layouts, batch));
  }

  private Program compile(LayoutPlan layouts, int batch) {
    ProgramBuilder builder =
        new ProgramBuilder(room.device(), frozen.values(), null, constants, room.workspace(), null);
    return new InferenceCompiler(frozen.graph(), layouts, batch, builder, input).compile();
  }

  /** Returns how many bytes of native memory its programs work in, with what is made of weights. */
  public long arenaSize() {
    return room.size() + constants.size();
  }

  /**
   * Computes the scores of a batch: what the loss is computed from, so before a softmax.
   *
   * @param images [batch, channels, height, width], float32, dense
   * @param batch how many images, at least 1
   * @param scores written: [batch, classes]
   * @throws InsufficientMemoryException if that takes more memory than there is
   */
  public void predict(Pointer images, int batch, FloatBuffer scores) {
    if (closed) {
      throw new IllegalStateException("the net is closed");
    }
    Program program = programs.of(batch);
    last = program;
    input.setForScores(scores);
    program.run(images);
  }

  /**
   * Returns in words what computed the last batch; what differs there may differ in the scores'
   * last bits. Empty before the first.
   */
  public String engine() {
    return last == null ? "" : EngineWords.of(last);
  }

  /** Frees native memory; a second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    programs.close();
    constants.close();
    room.close();
    frozen.values().close();
  }
}
