package org.roundel.kit.model;

import java.util.List;
import java.util.Map;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.rule.RuleViolation;
import org.roundel.kit.rule.Subject;

/**
 * A model under test.
 *
 * @param factory makes it
 * @param values the values of options and name options that differ from the default
 * @param input the shape of the images that it is tested with
 * @param classes how many classes it is tested with
 * @param batchSize the size of the largest batch, at least 3
 */
public record ModelSubject(
    ModelFactory factory, Map<String, String> values, InputShape input, int classes, int batchSize)
    implements Subject {
  /** Enough classes to tell them apart. */
  public static final int USUAL_CLASSES = 4;

  /** A batch that is quick, with room for smaller ones. */
  public static final int USUAL_BATCH_SIZE = 6;

  /** Returns a new model whose initial weights follow from the seed. */
  Model create(long seed) {
    return create(options(), seed);
  }

  private Model create(Options options, long seed) {
    return factory.create(
        new ModelRequest(
            factory.name(),
            input,
            classes,
            batchSize,
            options,
            RandomSource.of(seed, RandomPurpose.INITIALIZE, 0)));
  }

  /** Returns standard normal images with labels that go round the classes. */
  Batch batch(int size, long seed) {
    return ModelArrays.batch(input, classes, size, seed);
  }

  /** Returns a batch of the largest size. */
  Batch batch(long seed) {
    return batch(batchSize, seed);
  }

  /** Returns the source of noise within the net at one step. */
  static RandomSource noise(long step) {
    return RandomSource.of(99, RandomPurpose.MODEL, step);
  }

  @Override
  public void tryOut(Options options) {
    try (Model model = create(options, 1)) {
      BatchResult result = model.computeGradients(batch(2, 2), noise(0));
      if (!Double.isFinite(result.loss())) {
        throw RuleViolation.of("the loss " + result.loss(), "a finite number")
            .with("2 images of " + input);
      }
    }
  }

  /** Not the name options: their ends are nets that no machine has the memory for. */
  @Override
  public List<Option<?>> triedOptions() {
    return factory.options();
  }

  @Override
  public String optionsText() {
    return Subject.text(values)
        + ", images of "
        + input
        + ", "
        + classes
        + " classes, batch size "
        + batchSize;
  }
}
