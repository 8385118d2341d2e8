package org.roundel.core.ship;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.ScoredImages;
import org.roundel.core.evaluation.SurestMistakes;
import org.roundel.core.evaluation.WrongImages;
import org.roundel.core.event.ClassResults;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.IoFailure;

/**
 * What a net from a file does on all test images of a dataset.
 *
 * @param classes what it says of them, class by class
 * @param loss mean loss per image; empty where scores are no logarithms of probabilities
 * @param wrong what it is surest and wrong about
 * @param notices what the dataset says of itself, one line each
 */
public record FileEvaluation(
    ClassResults classes, OptionalDouble loss, WrongImages wrong, List<String> notices) {
  /** Copies the list. */
  public FileEvaluation {
    notices = List.copyOf(notices);
  }

  /** Returns the share of images not given their own class, in [0, 1]. */
  public double error() {
    return classes.confusion().error();
  }

  /** Returns how many images there are. */
  public long images() {
    return classes.confusion().images();
  }

  /**
   * Runs the net over the test images.
   *
   * @param inference the name of what runs it
   * @param configuration names the dataset, the batch size and the threads
   * @throws RoundelException if a component or the data are missing or at fault, or the dataset is
   *     not one that the net is for
   */
  public static FileEvaluation of(
      PluginRegistry registry, String inference, ShippedNet net, RunConfiguration configuration) {
    Components components = Components.find(registry, configuration);
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    try (Dataset dataset = components.createDataset()) {
      requireFit(net, dataset, configuration.get(RunSettings.DATASET));
      try (RunningNet running = new RunningNet(registry, inference, net);
          BatchReader batches =
              new BatchReader(
                  dataset,
                  Split.TEST,
                  configuration.get(RunSettings.BATCH_SIZE),
                  configuration.get(RunSettings.SEED))) {
        Rescaling rescaling = rescaling(net, dataset);
        SurestMistakes mistakes = new SurestMistakes(net.graph().softmax());
        ScoredImages scored = new ScoredImages(net.classNames());
        score(running, batches, rescaling, scored, mistakes);
        PixelScaling scaling =
            rescaling == null ? dataset.pixelScaling().orElse(null) : rescaling.to();
        return new FileEvaluation(
            scored.classes(),
            scored.loss(net.graph().softmax()),
            new WrongImages(mistakes.list(), dataset.inputShape(), scaling),
            dataset.notices());
      } catch (InvalidInputException invalid) {
        throw failure(String.valueOf(invalid.getMessage()), invalid);
      } catch (IOException unreadable) {
        throw failure(
            "reading failed: " + IoFailure.describe(unreadable) + ". " + IoFailure.ADVICE,
            unreadable);
      }
    }
  }

  private static void score(
      RunningNet running,
      BatchReader batches,
      @Nullable Rescaling rescaling,
      ScoredImages scored,
      SurestMistakes mistakes)
      throws IOException {
    batches.start(1, 0);
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      FloatBuffer images = Tensors.floats(batch.images());
      if (rescaling != null) {
        rescaling.apply(images, running.images());
      }
      float[][] scores = running.scores(images, batch.labels().length);
      for (int image = 0; image < scores.length; image++) {
        scored.add(scores[image], batch.labels()[image]);
        mistakes.add(scores[image], batch, image);
      }
    }
  }

  /** Refuses images and classes that are not the net's. */
  private static void requireFit(ShippedNet net, Dataset dataset, String name) {
    ValueShape wanted = net.graph().shape(0);
    List<Integer> found =
        List.of(
            dataset.inputShape().channels(),
            dataset.inputShape().height(),
            dataset.inputShape().width());
    if (!wanted.sizes().equals(found)) {
      ValueShape shape = ValueShape.image(found.get(0), found.get(1), found.get(2));
      throw failure(
          "the net takes images of "
              + wanted
              + ", and those of "
              + name
              + " are "
              + shape
              + ". It was trained on "
              + net.origin().dataset(),
          null);
    }
    if (!net.classNames().equals(dataset.classNames())) {
      throw failure(
          "the net's classes are "
              + words(net.classNames())
              + ", and those of "
              + name
              + " are "
              + words(dataset.classNames())
              + ". It was trained on "
              + net.origin().dataset(),
          null);
    }
  }

  private static String words(List<String> classes) {
    int shown = Math.min(classes.size(), 3);
    return String.join(", ", classes.subList(0, shown))
        + (classes.size() > shown ? " … (" + classes.size() + ")" : "");
  }

  /** Returns what makes the dataset's images those that the net takes, null for nothing. */
  private static @Nullable Rescaling rescaling(ShippedNet net, Dataset dataset) {
    PixelScaling own = net.scaling();
    PixelScaling given = dataset.pixelScaling().orElse(own);
    return own == null || given == null || own.equals(given) ? null : new Rescaling(given, own);
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }

  /**
   * Turns what a dataset made of pixels into what a net makes of them: a mean over fewer training
   * images is another.
   */
  private record Rescaling(PixelScaling from, PixelScaling to) {
    void apply(FloatBuffer images, ValueShape shape) {
      int plane = shape.height() * shape.width();
      for (int element = 0; element < images.capacity(); element++) {
        int channel = element / plane % shape.channels();
        images.put(element, to.apply(channel, from.pixel(channel, images.get(element))));
      }
    }
  }
}
