package @PACKAGE@;

import java.util.List;
import java.util.Map;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.kit.LearningRateScheduleContract;

/** Holds the schedule to the rules that every schedule keeps. */
class @CLASS@PluginTest extends LearningRateScheduleContract {
  @Override
  protected LearningRateScheduleFactory factory() {
    return new @CLASS@Plugin().schedules().get(0);
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of(), Map.of("factor", "0.1"), Map.of("factor", "1"));
  }
}
