package org.roundel.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.random.RandomSource;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;

class BatchTargetsTest {
  private static final int CLASSES = 4;

  private static Batch batch(int... labels) {
    return new Batch(Nd4j.zeros(DataType.FLOAT, labels.length, 1, 1, 1), labels);
  }

  private static float[] rows(Batch batch) {
    float[] rows = new float[batch.size() * CLASSES];
    Tensors.floats(batch.targets()).get(0, rows);
    return rows;
  }

  /** (1 − ε) + ε/4 for the label, ε/4 for the others. */
  @Test
  void smoothedLabelsInClosedForm() {
    Batch batch = batch(2, 0);
    Batch smoothed = new BatchTargets(3, CLASSES, 0.1, null, 1).of(batch);

    float rest = 0.025f;
    float own = 0.925f;
    assertThat(rows(smoothed)).containsExactly(rest, rest, own, rest, own, rest, rest, rest);
    assertThat(smoothed.images()).isSameAs(batch.images());
    assertThat(smoothed.labels()).isSameAs(batch.labels());
    assertThat(smoothed.indices()).isSameAs(batch.indices());
  }

  @Test
  void withoutSmoothingTheyAreTheLabels() {
    assertThat(rows(new BatchTargets(2, CLASSES, 0, null, 1).of(batch(3))))
        .containsExactly(0, 0, 0, 1);
  }

  @Test
  void eachSizeOfABatchHasItsOwnRowsInOneArray() {
    BatchTargets targets = new BatchTargets(3, CLASSES, 0.2, null, 1);
    Batch whole = targets.of(batch(0, 1, 2));
    Batch last = targets.of(batch(3));

    assertThat(last.targets().shape()).containsExactly(1, CLASSES);
    assertThat(rows(whole)).as("written anew").startsWith(rows(last));
    assertThat(targets.of(batch(1, 1, 1)).targets()).isSameAs(whole.targets());
  }

  /** softmax(0, 0, ln 2, 0) = (1/5, 1/5, 2/5, 1/5) for each image. */
  @Test
  void theTeachersProbabilitiesTakeTheirShare() {
    float[] scores = {0, 0, (float) Math.log(2), 0};
    try (Teacher teacher = teacher(scores)) {
      Batch batch = batch(0, 3);
      assertThat(rows(new BatchTargets(2, CLASSES, 0, teacher, 1).of(batch)))
          .containsExactly(
              new float[] {0.2f, 0.2f, 0.4f, 0.2f, 0.2f, 0.2f, 0.4f, 0.2f}, within(1e-7f));
      // A quarter of it, and three of the label smoothed by 0.2: 0.85 and 0.05.
      assertThat(rows(new BatchTargets(2, CLASSES, 0.2, teacher, 0.25).of(batch)))
          .containsExactly(
              new float[] {0.6875f, 0.0875f, 0.1375f, 0.0875f, 0.0875f, 0.0875f, 0.1375f, 0.6875f},
              within(1e-7f));
    }
  }

  @Test
  void hugeScoresOfATeacherDoNotOverflow() {
    try (Teacher teacher = teacher(3e38f, -3e38f, 5000, -5000)) {
      assertThat(rows(new BatchTargets(1, CLASSES, 0, teacher, 1).of(batch(2))))
          .containsExactly(1, 0, 0, 0);
    }
  }

  private static Teacher teacher(float... scores) {
    PluginRegistry registry =
        PluginRegistry.of(
            new RoundelPlugin() {
              @Override
              public List<ModelFactory> models() {
                return List.of(new ConstantFactory(scores));
              }
            });
    Selected<ModelFactory> component = registry.model("constant");
    return new Teacher(
        component, new Constant(scores), new NetOrigin.Checkpoint("run", "step-1", "00"));
  }

  private record ConstantFactory(float[] scores) implements ModelFactory {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public String description() {
      return "a model for tests";
    }

    @Override
    public Model create(ModelRequest request) {
      return new Constant(scores);
    }
  }

  /** Gives every image the same scores. */
  private record Constant(float[] scores) implements Model {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public List<Buffer> buffers() {
      return List.of();
    }

    @Override
    public BatchResult computeGradients(Batch batch, RandomSource random) {
      throw new UnsupportedOperationException("a teacher does not learn");
    }

    @Override
    public BatchResult evaluate(Batch batch) {
      throw new UnsupportedOperationException("a teacher is not evaluated");
    }

    @Override
    public void predict(INDArray images, INDArray written) {
      FloatBuffer rows = Tensors.floats(written);
      for (int index = 0; index < rows.capacity(); index++) {
        rows.put(index, scores[index % CLASSES]);
      }
    }

    @Override
    public List<LayerDescription> layers() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
