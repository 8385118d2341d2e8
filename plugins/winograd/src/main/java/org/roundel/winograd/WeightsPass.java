package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;

/**
 * The pass that makes the gradient of the weights. The images are split into chunks that depend on
 * the sizes only, each chunk is summed by itself, and the sums are added in order: so the result
 * does not depend on the number of threads. More threads than chunks share the output channels of
 * each.
 */
public final class WeightsPass {
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;
  private static final int SIZE = Tiles.SIZE;
  private static final int SEEN = Tiles.SEEN;
  private static final int PLACES = Tiles.PLACES;
  private static final int WEIGHTS = 9;

  /**
   * Chunks at most, numbers in the sums of all, and tiles that a chunk should have: measured, more
   * sums cost time to add.
   */
  private static final int MOST_CHUNKS = 16;

  private static final int MOST_SUMS = 1_200_000;
  private static final int FEWEST_TILES = 128;

  private final Images source;
  private final Images gradient;
  private final Workspace workspace;
  private final Tiles tiles;
  private final InputTransform input;
  private final int chunks;
  private final int shares;
  private final Team.Task sumChunks = this::sumChunks;
  private final Team.Task addChunks = this::addChunks;
  private final AtomicInteger next = new AtomicInteger();

  // Of the run that is going on.
  private FloatBuffer from = FloatBuffer.allocate(0);
  private FloatBuffer behind = from;
  private FloatBuffer to = from;

  /**
   * Plans a pass.
   *
   * @param source the convolution's input; numbers of channels are multiples of two vectors
   * @param loading what is done to the source as it is loaded
   * @param gradient the gradient of its output, of the same batch, height and width
   */
  public WeightsPass(Images source, Loading loading, Images gradient, Workspace workspace) {
    this.source = source;
    this.gradient = gradient;
    this.workspace = workspace;
    int read = source.channels();
    int made = gradient.channels();
    this.tiles = Tiles.forSums(gradient, Math.min(read, made));
    this.input = new InputTransform(source, loading, tiles);
    this.chunks = chunks(tiles.rows() * tiles.across());
    int shareable = made / PANEL;
    this.shares = Math.min(shareable, (workspace.threads() + chunks - 1) / chunks);
    workspace.need(
        new Workspace.Sizes(
            Math.max(input.bandSize(), SIZE * gradient.width() * made),
            input.halfSize(),
            SEEN * SIZE * tiles.across() * LANES,
            tiles.matrices(read),
            tiles.matrices(made),
            LANES * read * WEIGHTS + (PLACES + 3 * SEEN + WEIGHTS) * LANES,
            chunks * sums()));
  }

  private int chunks(int count) {
    int most = Math.min(Math.min(MOST_CHUNKS, MOST_SUMS / sums()), count / FEWEST_TILES);
    return Math.max(1, Math.min(Integer.highestOneBit(most), tiles.rows()));
  }

  /** Numbers from one place's sums to the next. */
  private int place() {
    return source.channels() * gradient.channels() + LANES;
  }

  private int sums() {
    return PLACES * place();
  }

  /**
   * Runs it.
   *
   * @param newSource read
   * @param newGradient read
   * @param newTarget [outputs, inputs, 3, 3], written
   */
  public void run(FloatBuffer newSource, FloatBuffer newGradient, FloatBuffer newTarget) {
    from = newSource;
    behind = newGradient;
    to = newTarget;
    Team team = workspace.team();
    int threads = workspace.threads();
    next.set(0);
    team.run(Math.min(threads, chunks * shares), sumChunks);
    next.set(0);
    team.run(Math.min(threads, gradient.channels() / LANES), addChunks);
  }

  private void sumChunks(int thread) {
    Workspace.Scratch scratch = workspace.scratch(thread);
    int panels = gradient.channels() / PANEL;
    for (int part = next.getAndIncrement(); part < chunks * shares; part = next.getAndIncrement()) {
      int share = part / chunks;
      sumChunk(scratch, part % chunks, panels * share / shares, panels * (share + 1) / shares);
    }
  }

  /** Sums a chunk for the panels from {@code first} up to {@code last}. */
  private void sumChunk(Workspace.Scratch scratch, int chunk, int first, int last) {
    int read = source.channels();
    float[] sums = workspace.shared();
    int start = chunk * sums();
    for (int place = 0; place < PLACES; place++) {
      int at = start + place * place();
      Arrays.fill(sums, at + first * read * PANEL, at + last * read * PANEL, 0);
    }
    int end = (int) ((long) tiles.rows() * (chunk + 1) / chunks);
    int row = (int) ((long) tiles.rows() * chunk / chunks);
    input.clearMargins(scratch);
    Arrays.fill(scratch.rows, 0, SEEN * SIZE * tiles.across() * LANES, 0);
    while (row < end) {
      int rows = Math.min(tiles.rowsInBlock(), end - row);
      for (int index = 0; index < rows; index++) {
        input.row(from, row + index, scratch, index * tiles.across());
      }
      for (int index = 0; index < rows; index++) {
        gradientRow(scratch, row + index, index * tiles.across(), first * PANEL, last * PANEL);
      }
      accumulate(scratch, rows * tiles.across(), start, first, last);
      row += rows;
    }
  }

  private void gradientRow(
      Workspace.Scratch scratch, int row, int tile, int firstChannel, int lastChannel) {
    int image = row / tiles.down();
    int top = row % tiles.down() * SIZE;
    gradient.load(behind, Loading.AS_THEY_ARE, image, top, SIZE, scratch.band);
    int pixel = gradient.block();
    int width = gradient.width();
    int half = tiles.across() * SIZE * LANES;
    int matrix = tiles.matrix(gradient.channels());
    for (int channel = firstChannel; channel < lastChannel; channel += LANES) {
      Transforms.outputGradient(
          scratch.band,
          gradient.at(channel, SIZE),
          width * pixel,
          pixel,
          scratch.rows,
          0,
          half,
          LANES,
          width);
      int at = (channel / PANEL * tiles.inBlock() + tile) * PANEL + channel % PANEL;
      for (int line = 0; line < SEEN; line++) {
        Transforms.outputGradient(
            scratch.rows,
            line * half,
            LANES,
            SIZE * LANES,
            scratch.outputs,
            line * SEEN * matrix + at,
            matrix,
            PANEL,
            tiles.across());
      }
    }
  }

  private void accumulate(Workspace.Scratch scratch, int count, int start, int first, int last) {
    int read = source.channels();
    for (int place = 0; place < PLACES; place++) {
      int left = place * tiles.matrix(read);
      int right = place * tiles.matrix(gradient.channels());
      int sum = start + place * place();
      for (int panel = first; panel < last; panel++) {
        for (int channel = 0; channel < read; channel += Lanes.ROWS) {
          Multiply.accumulate(
              scratch.inputs,
              left + channel / LANES * tiles.inBlock() * LANES + channel % LANES,
              scratch.outputs,
              right + panel * tiles.inBlock() * PANEL,
              workspace.shared(),
              sum + (panel * read + channel) * PANEL,
              count);
        }
      }
    }
  }

  private void addChunks(int thread) {
    float[] scratch = workspace.scratch(thread).weights;
    int vectors = gradient.channels() / LANES;
    for (int vector = next.getAndIncrement(); vector < vectors; vector = next.getAndIncrement()) {
      addChunks(vector * LANES, scratch);
    }
  }

  /** Makes the weights' gradients of a vector of output channels. */
  private void addChunks(int channel, float[] scratch) {
    int read = source.channels();
    int total = LANES * read * WEIGHTS;
    int half = total + PLACES * LANES;
    int square = half + 3 * SEEN * LANES;
    float[] sums = workspace.shared();
    for (int other = 0; other < read; other++) {
      int at = (channel / PANEL * read + other) * PANEL + channel % PANEL;
      for (int place = 0; place < PLACES; place++) {
        int from = at + place * place();
        FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, from);
        for (int chunk = 1; chunk < chunks; chunk++) {
          sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, sums, from + chunk * sums()));
        }
        sum.intoArray(scratch, total + place * LANES);
      }
      Transforms.weightsGradient(
          scratch, total, SEEN * LANES, LANES, scratch, half, SEEN * LANES, LANES, SEEN);
      Transforms.weightsGradient(
          scratch, half, LANES, SEEN * LANES, scratch, square, LANES, 3 * LANES, 3);
      for (int lane = 0; lane < LANES; lane++) {
        for (int weight = 0; weight < WEIGHTS; weight++) {
          scratch[(lane * read + other) * WEIGHTS + weight] =
              scratch[square + weight * LANES + lane];
        }
      }
    }
    to.put(channel * read * WEIGHTS, scratch, 0, LANES * read * WEIGHTS);
  }
}
