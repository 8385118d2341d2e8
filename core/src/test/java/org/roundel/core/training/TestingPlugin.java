package org.roundel.core.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.ValueShape;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.api.training.StateArray;

/**
 * Small components of every kind, written for the core's tests: what they do can be followed by
 * hand.
 */
public final class TestingPlugin implements RoundelPlugin {
  @Override
  public List<QuantizerFactory> quantizers() {
    return List.of(
        new Quantizers(
            "full",
            () ->
                new Quantizer() {
                  @Override
                  public boolean keepsLatentWeights() {
                    return false;
                  }
                }),
        new Quantizers("latent-sign", () -> new LatentQuantizer(false)),
        new Quantizers("latent-stochastic", () -> new LatentQuantizer(true)),
        new Quantizers("stored-stochastic", StoredQuantizer::new),
        new Quantizers("flipping", FlippingQuantizer::new),
        new Quantizers("averaging", () -> new AveragingQuantizer(1)),
        new Quantizers("freezing", () -> new AveragingQuantizer(0.5)),
        new Quantizers("throws-in-quantize", () -> new ThrowingQuantizer("quantize", 7)),
        new Quantizers("throws-in-gradient", () -> new ThrowingQuantizer("gradient", 7)),
        new Quantizers("throws-in-after-update", () -> new ThrowingQuantizer("after-update", 7)),
        new Quantizers("throws-at-once", () -> new ThrowingQuantizer("after-update", 1)));
  }

  @Override
  public List<OptimizerFactory> optimizers() {
    return List.of(new MomentumFactory());
  }

  @Override
  public List<LearningRateScheduleFactory> schedules() {
    return List.of(new ConstantFactory(), new ShrinkingFactory());
  }

  @Override
  public List<ModelFactory> models() {
    return List.of(new SoftmaxFactory(), new WrappedFactory(), new GraphFactory());
  }

  @Override
  public List<DatasetFactory> datasets() {
    return List.of(new BlobsFactory());
  }

  private record Quantizers(String name, Supplier<Quantizer> maker) implements QuantizerFactory {
    @Override
    public String description() {
      return "a quantizer for tests";
    }

    @Override
    public Quantizer create(Options options) {
      return maker.get();
    }
  }

  /** Keeps latent weights in [−1, 1]; the net's are their signs, nearest or stochastic. */
  private record LatentQuantizer(boolean stochastic) implements Quantizer {
    private static final Grid GRID = Grid.binary(1);

    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public void initialize(INDArray weights, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      for (int index = 0; index < values.capacity(); index++) {
        values.put(index, (float) (2 * context.random().uniform(index) - 1));
      }
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      if (stochastic) {
        GRID.stochastic(latent, weights, context.random());
      } else {
        GRID.nearest(latent, weights);
      }
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      for (int index = 0; index < values.capacity(); index++) {
        values.put(index, Math.max(-1, Math.min(1, values.get(index))));
      }
    }

    @Override
    public float[] levels() {
      return GRID.levels();
    }
  }

  /** Keeps the weights themselves on a grid, rounding stochastically after every update. */
  private static final class StoredQuantizer implements Quantizer {
    private static final Grid GRID = Grid.fixedPoint(0.25, -1, 1);

    @Override
    public boolean keepsLatentWeights() {
      return false;
    }

    @Override
    public void initialize(INDArray weights, QuantizationContext context) {
      afterUpdate(weights, context);
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      GRID.stochastic(weights, weights, context.random());
    }

    @Override
    public float[] levels() {
      return GRID.levels();
    }
  }

  /** w ← w − rate·v, v ← 0.5·v + g. */
  private static final class MomentumFactory implements OptimizerFactory {
    @Override
    public String name() {
      return "momentum";
    }

    @Override
    public String description() {
      return "an optimizer for tests";
    }

    @Override
    public Optimizer create(Options options) {
      return new Optimizer() {
        @Override
        public List<StateArray> stateArrays() {
          return List.of(StateArray.kept("velocity", StateArray.Extent.WEIGHTS));
        }

        @Override
        public void update(INDArray weights, INDArray gradient, UpdateContext context) {
          FloatBuffer values = Tensors.floats(weights);
          FloatBuffer gradients = Tensors.floats(gradient);
          FloatBuffer velocity = Tensors.floats(context.state().values("velocity"));
          double learningRate = context.moment().learningRate();
          for (int index = 0; index < values.capacity(); index++) {
            velocity.put(index, 0.5f * velocity.get(index) + gradients.get(index));
            values.put(index, (float) (values.get(index) - learningRate * velocity.get(index)));
          }
        }
      };
    }
  }

  private static final class ConstantFactory implements LearningRateScheduleFactory {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public String description() {
      return "a schedule for tests";
    }

    @Override
    public LearningRateSchedule create(Options options) {
      return (baseRate, position) -> baseRate;
    }
  }

  /** In a line to 0 over the epochs of the run. */
  private static final class ShrinkingFactory implements LearningRateScheduleFactory {
    @Override
    public String name() {
      return "shrinking";
    }

    @Override
    public String description() {
      return "a schedule for tests";
    }

    @Override
    public LearningRateSchedule create(Options options) {
      return (baseRate, position) -> baseRate * (1 - (position.epoch() - 1.0) / position.epochs());
    }
  }

  /** Is whatever model it makes by name. */
  private static final class WrappedFactory implements ModelFactory {
    @Override
    public String name() {
      return "wrapped-softmax";
    }

    @Override
    public String description() {
      return "a model for tests";
    }

    @Override
    public Model create(ModelRequest request) {
      return request.model("softmax", Map.of(), request.batchSize());
    }
  }

  /** Says which operations it consists of. */
  private static final class GraphFactory implements ModelFactory {
    @Override
    public String name() {
      return "softmax-graph";
    }

    @Override
    public String description() {
      return "a model for tests";
    }

    @Override
    public Model create(ModelRequest request) {
      InputShape input = request.input();
      Linear layer = new Linear("layer", 0, request.classes(), "layer/weight", "layer/bias");
      ValueShape images = ValueShape.image(input.channels(), input.height(), input.width());
      return new SoftmaxModel(request, 0, 0) {
        @Override
        public NetGraph graph() {
          return new NetGraph(images, List.of(layer), true);
        }
      };
    }
  }

  private static final class SoftmaxFactory implements ModelFactory {
    private static final Option<Integer> DIVERGE =
        Option.integer(
            "diverge-at",
            0,
            0,
            1_000_000,
            "the call of computeGradients that gives NaN; 0 for none");

    private static final Option<Integer> THROW =
        Option.integer(
            "throw-at", 0, 0, 1_000_000, "the call of computeGradients that throws; 0 for none");

    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public String description() {
      return "a model for tests";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(DIVERGE, THROW);
    }

    @Override
    public Model create(ModelRequest request) {
      return new SoftmaxModel(
          request, request.options().get(DIVERGE), request.options().get(THROW));
    }
  }

  /**
   * 60 training and 30 test images of 2×2 in three classes: class k is bright in pixel k, with
   * noise.
   */
  private static final class BlobsFactory implements DatasetFactory {
    private static final Option<Integer> FAIL =
        Option.integer(
            "fail-at", -1, -1, 1_000_000, "the training image that cannot be read; -1 for none");
    private static final Option<String> NOTICE =
        Option.text("notice", "", "what is to be known of the data");

    @Override
    public String name() {
      return "blobs";
    }

    @Override
    public String description() {
      return "a dataset for tests";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(FAIL, NOTICE);
    }

    @Override
    public Dataset create(Options options, Path directory) {
      return new Blobs(options.get(FAIL), options.get(NOTICE));
    }
  }

  private record Blobs(int failAt, String notice) implements Dataset {
    @Override
    public List<String> notices() {
      return notice.isEmpty() ? List.of() : List.of(notice);
    }

    @Override
    public InputShape inputShape() {
      return new InputShape(1, 2, 2);
    }

    @Override
    public List<String> classNames() {
      return List.of("first", "second", "third");
    }

    @Override
    public int size(Split split) {
      return split == Split.TRAIN ? 58 : 30;
    }

    @Override
    public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
        throws IOException {
      if (split == Split.TRAIN && index == failAt) {
        throw new IOException("image " + index + " is gone");
      }
      int label = index % 3;
      for (int pixel = 0; pixel < 4; pixel++) {
        double noise =
            augmentation == null
                ? Math.sin(index * 7.0 + pixel)
                : augmentation.random().normal(pixel);
        image.put(pixel, (float) ((pixel == label ? 2 : 0) + 0.5 * noise));
      }
      return label;
    }

    @Override
    public String fingerprint() {
      return "00".repeat(32);
    }

    @Override
    public void close() {}
  }
}
