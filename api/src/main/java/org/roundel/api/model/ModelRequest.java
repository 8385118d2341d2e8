package org.roundel.api.model;

import java.util.Map;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.random.RandomSource;

/** What a model is to be made for. Immutable. */
public final class ModelRequest {
  private static final ModelSource NONE =
      (name, options, batchSize, asking) -> {
        throw new InvalidInputException(
            "model '" + name + "' is asked for where there are no models by name");
      };

  private final String name;
  private final InputShape input;
  private final int classes;
  private final int batchSize;
  private final Options options;
  private final RandomSource random;
  private ModelSource models = NONE;
  private boolean forEvaluation;

  /**
   * Makes a request without access to other models.
   *
   * @param name the full name that the user selected, as in {@code resnet-56}
   * @param input the shape of the images
   * @param classes how many classes there are, at least 2
   * @param batchSize the largest batch that the model will be given, at least 1
   * @param options values of the declared options and name options
   * @param random where initial weights come from
   */
  public ModelRequest(
      String name,
      InputShape input,
      int classes,
      int batchSize,
      Options options,
      RandomSource random) {
    if (classes < 2 || batchSize < 1) {
      throw new IllegalArgumentException("classes " + classes + ", batch size " + batchSize);
    }
    this.name = name;
    this.input = input;
    this.classes = classes;
    this.batchSize = batchSize;
    this.options = options;
    this.random = random;
  }

  /** Returns the same request with access to other models; for the program that makes models. */
  public ModelRequest with(ModelSource source) {
    ModelRequest request = copy();
    request.models = source;
    return request;
  }

  /**
   * Returns the same request for a model that is only to be evaluated, or asked what it is made of;
   * for the program that makes models.
   */
  public ModelRequest forEvaluation() {
    ModelRequest request = copy();
    request.forEvaluation = true;
    return request;
  }

  private ModelRequest copy() {
    ModelRequest request = new ModelRequest(name, input, classes, batchSize, options, random);
    request.models = models;
    request.forEvaluation = forEvaluation;
    return request;
  }

  /**
   * Returns whether the model is only to be evaluated, for most of its life: it must be able to
   * train and to estimate running statistics all the same, and may get ready for that when it is
   * first asked to.
   */
  public boolean isForEvaluation() {
    return forEvaluation;
  }

  /** Returns the full name that the user selected, as in {@code resnet-56}. */
  public String name() {
    return name;
  }

  /** Returns the shape of the images. */
  public InputShape input() {
    return input;
  }

  /** Returns how many classes there are, at least 2. */
  public int classes() {
    return classes;
  }

  /** Returns the largest batch that the model will be given, at least 1. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns values of the declared options and name options. */
  public Options options() {
    return options;
  }

  /**
   * Returns where initial weights come from; a model uses {@link RandomSource#forTensor} with the
   * parameter's position in {@link Model#parameters()}.
   */
  public RandomSource random() {
    return random;
  }

  /**
   * Makes another model for the same images and classes, with initial weights from the same random
   * source: for a model that wraps a model of the user's choice. The caller closes it. Its methods
   * run with the context class loader of whoever calls them.
   *
   * @param inner the other model's full name, as in {@code resnet-20}, of whatever plugin
   * @param values values of its options by name, as a user writes them
   * @param innerBatchSize the largest batch that it will be given, at least 1
   * @throws RuntimeException if there is no such model, an option is not allowed, the model cannot
   *     be made, or it would be made of itself; the message is for the user, so let it pass
   */
  public Model model(String inner, Map<String, String> values, int innerBatchSize) {
    return models.create(inner, values, innerBatchSize, this);
  }
}
