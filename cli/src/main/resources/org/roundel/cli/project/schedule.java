package @PACKAGE@;

import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.api.schedule.TrainingPosition;

/**
 * A learning rate that falls by the same factor γ in every epoch, a little at each update: η·γ^e
 * after e epochs, e a real number.
 */
public final class @CLASS@Plugin implements RoundelPlugin {
  private static final Option<Double> FACTOR =
      Option.positive("factor", 0.9, 1, "what the learning rate is multiplied by in each epoch");

  @Override
  public List<LearningRateScheduleFactory> schedules() {
    return List.of(new Factory());
  }

  private static final class Factory implements LearningRateScheduleFactory {
    @Override
    public String name() {
      return "@NAME@";
    }

    @Override
    public String description() {
      return "falls by the same factor in every epoch, a little at each update";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(FACTOR);
    }

    @Override
    public LearningRateSchedule create(Options options) {
      return new Exponential(options.get(FACTOR));
    }
  }

  private record Exponential(double factor) implements LearningRateSchedule {
    @Override
    public double rate(double baseRate, TrainingPosition position) {
      // StrictMath: the same rate on every machine.
      return baseRate * StrictMath.pow(factor, position.epochsDone());
    }
  }
}
