package org.roundel.core.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.component.Components;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.loss.Teacher;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunPosition;
import org.roundel.core.run.RunDirectory;

/**
 * Makes the teacher of a run: the net that another run ships, of its best checkpoint, which is what
 * that run has to show; of its newest one before its first epoch has ended.
 */
final class Teachers {
  private static final String SAME_CLASSES = "Name a run of the same classes in the same order.";

  private final TrainingSessions sessions;
  private final NetOrigin.@Nullable Checkpoint learnedFrom;

  /**
   * Makes a maker of teachers.
   *
   * @param learnedFrom the checkpoint that a run has learned from so far, which it goes on with;
   *     null where it begins
   */
  Teachers(TrainingSessions sessions, NetOrigin.@Nullable Checkpoint learnedFrom) {
    this.sessions = sessions;
    this.learnedFrom = learnedFrom;
  }

  /**
   * Makes the teacher that a configuration names.
   *
   * @param images of the run that learns
   * @param batchSize how many images it is given at most
   * @return null if none is named
   * @throws RoundelException if the other run cannot teach this one
   */
  @Nullable Teacher of(RunConfiguration configuration, Dataset images, int batchSize) {
    String path = configuration.get(LossSettings.TEACHER);
    if (path.isEmpty()) {
      return null;
    }
    try (RunDirectory directory = RunDirectory.openForReading(Path.of(path))) {
      CheckpointStore store = CheckpointStore.forReading(directory.checkpoints());
      try (OpenedRun run = OpenedRun.open(directory, store, wanted(store))) {
        requireSameWeights(run);
        return teacher(directory, run, images, batchSize);
      }
    } catch (RoundelException refused) {
      throw new RoundelException(
          refused.kind(), "teacher: " + refused.getMessage() + advice(), refused);
    }
  }

  private String wanted(CheckpointStore store) {
    if (learnedFrom != null) {
      return learnedFrom.name();
    }
    return store.best().isPresent() ? "best" : "newest";
  }

  /** Other weights would make other numbers of the rest of the run. */
  private void requireSameWeights(OpenedRun run) {
    if (learnedFrom != null && !learnedFrom.sha256().equals(run.checkpoint().weightsSha256())) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%s holds other weights, with the SHA-256 %s.",
              run.checkpoint().weights().path(),
              run.checkpoint().weightsSha256()));
    }
  }

  private String advice() {
    return learnedFrom == null
        ? ""
        : String.format(
            Locale.ROOT,
            " This run learns from the checkpoint %s whose weights have the SHA-256 %s: put it"
                + " back, or name the run directory that has it by --teacher.",
            learnedFrom.name(),
            learnedFrom.sha256());
  }

  private Teacher teacher(RunDirectory directory, OpenedRun run, Dataset images, int batchSize) {
    RunPosition position = run.state().progress().state().position();
    if (position.stepsDone() == 0) {
      throw refused(
          directory.path() + " has made no update yet. Train it first, or name another run.");
    }
    RunConfiguration configuration = run.manifest().configurations().at(position);
    Components components = sessions.components(configuration, run.manifest());
    requireSameImages(directory, components, images);
    Model model = components.createModelForEvaluation(images, batchSize);
    boolean read = false;
    try {
      SafetensorsReader weights = run.checkpoint().weights();
      for (Parameter parameter : model.parameters()) {
        weights.read(parameter.name(), parameter.values());
      }
      for (Buffer buffer : model.buffers()) {
        weights.read(buffer.name(), buffer.values());
      }
      read = true;
      return new Teacher(
          components.model(),
          model,
          new NetOrigin.Checkpoint(
              run.manifest().run(), run.checkpoint().name(), run.checkpoint().weightsSha256()));
    } finally {
      if (!read) {
        model.close();
      }
    }
  }

  private static void requireSameImages(
      RunDirectory directory, Components components, Dataset images) {
    try (Dataset own = components.createDataset()) {
      if (!own.inputShape().equals(images.inputShape())) {
        throw refused(
            directory.path()
                + " was trained on images "
                + own.inputShape()
                + ", and those of this run are "
                + images.inputShape()
                + ". Name a run on images of the same shape.");
      }
      List<String> classes = images.classNames();
      if (own.classNames().size() != classes.size()) {
        throw refused(
            directory.path()
                + " knows "
                + own.classNames().size()
                + " classes, and this run has "
                + classes.size()
                + ". "
                + SAME_CLASSES);
      }
      for (int index = 0; index < classes.size(); index++) {
        if (!own.classNames().get(index).equals(classes.get(index))) {
          throw refused(
              String.format(
                  Locale.ROOT,
                  "class %d is %s in %s and %s in this run. %s",
                  index,
                  MessageText.quoted(own.classNames().get(index)),
                  directory.path(),
                  MessageText.quoted(classes.get(index)),
                  SAME_CLASSES));
        }
      }
    }
  }

  private static RoundelException refused(String message) {
    return new RoundelException(ErrorKind.CONFIGURATION, message);
  }
}
