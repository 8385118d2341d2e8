package org.roundel.core.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private final TrainingSessions sessions;

  Teachers(TrainingSessions sessions) {
    this.sessions = sessions;
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
      String wanted = store.best().isPresent() ? "best" : "newest";
      try (OpenedRun run = OpenedRun.open(directory, store, wanted)) {
        return teacher(directory, run, images, batchSize);
      }
    } catch (RoundelException refused) {
      throw new RoundelException(refused.kind(), "teacher: " + refused.getMessage(), refused);
    }
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
      if (!own.classNames().equals(classes)) {
        throw refused(
            directory.path()
                + " knows "
                + own.classNames().size()
                + " classes and this run has "
                + classes.size()
                + ", or they have other names or another order. Name a run of the same classes.");
      }
    }
  }

  private static RoundelException refused(String message) {
    return new RoundelException(ErrorKind.CONFIGURATION, message);
  }
}
