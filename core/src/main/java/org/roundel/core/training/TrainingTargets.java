package org.roundel.core.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.core.component.Components;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.loss.BatchTargets;
import org.roundel.core.loss.Teacher;
import org.roundel.core.record.RunOrigin;

/** What the loss of a run goes by, beside the labels: smoothed ones, and another run's net. */
final class TrainingTargets implements AutoCloseable {
  private final @Nullable Teacher teacher;
  private final @Nullable BatchTargets ofBatches;

  /**
   * Makes what a configuration asks for.
   *
   * @param model the net that learns
   * @param teachers makes its teacher
   * @param batchSize how many images it is given at most
   * @throws InvalidInputException if the model's loss goes by labels alone
   */
  TrainingTargets(
      Components components,
      RunConfiguration configuration,
      Model model,
      Dataset images,
      TrainingSessions.TeacherMaker teachers,
      int batchSize) {
    double smoothing = configuration.get(LossSettings.LABEL_SMOOTHING);
    boolean taught = !configuration.get(LossSettings.TEACHER).isEmpty();
    if ((taught || smoothing > 0) && !model.takesTargets()) {
      throw new InvalidInputException(
          (taught ? LossSettings.TEACHER : LossSettings.LABEL_SMOOTHING).name()
              + " is not possible here: the loss of model '"
              + components.model().name()
              + "' goes by labels alone. Leave it out, or choose a model whose loss is"
              + " cross-entropy.");
    }
    teacher = teachers.make(configuration, images, batchSize);
    ofBatches =
        teacher != null || smoothing > 0
            ? new BatchTargets(
                batchSize,
                images.classNames().size(),
                smoothing,
                teacher,
                configuration.get(LossSettings.TEACHER_SHARE))
            : null;
  }

  /** Returns what makes the targets of batches, null where the labels are all there is. */
  @Nullable BatchTargets ofBatches() {
    return ofBatches;
  }

  /** Writes down what is in use here. */
  void addTo(ObjectNode origin) {
    if (teacher != null) {
      RunOrigin.addTeacher(origin, teacher.checkpoint());
    }
  }

  @Override
  public void close() {
    if (teacher != null) {
      teacher.close();
    }
  }
}
