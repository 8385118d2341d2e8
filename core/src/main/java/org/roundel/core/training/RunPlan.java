package org.roundel.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.run.RunDirectory;

/**
 * What a run is to do from some place on, and what the user should know about it.
 *
 * @param history the run's configurations with what is asked for
 * @param notices one line each
 */
record RunPlan(ConfigurationHistory history, List<String> notices) {
  RunPlan {
    notices = List.copyOf(notices);
  }

  /**
   * Returns the plan of a run that repeats an earlier one. What was changed in the course of that
   * one is changed at the same places; but if anything else is asked for that alters what is
   * computed, those places mean nothing, and it holds from the start.
   *
   * @param asked the earlier run's configuration, with what the user wants changed
   */
  static RunPlan repeating(ConfigurationHistory earlier, RunConfiguration asked) {
    if (earlier.changes().isEmpty()) {
      return new RunPlan(new ConfigurationHistory(asked, List.of()), List.of());
    }
    Map<String, @Nullable String> own = earlier.start().changesTo(asked);
    if (own.keySet().stream().allMatch(RunSettings::isWithoutEffect)) {
      List<ConfigurationChange> changes = new ArrayList<>();
      for (ConfigurationChange change : earlier.changes()) {
        Map<String, String> kept = new TreeMap<>(change.settings());
        kept.keySet().removeAll(own.keySet());
        if (!kept.isEmpty()) {
          changes.add(new ConfigurationChange(change.from(), kept));
        }
      }
      return new RunPlan(new ConfigurationHistory(asked, changes), List.of());
    }
    Map<String, String> late = new TreeMap<>();
    earlier.changes().forEach(change -> late.putAll(change.settings()));
    late.keySet().removeAll(own.keySet());
    return new RunPlan(
        new ConfigurationHistory(asked.with(late), List.of()),
        List.of(
            "what was changed in the course of the earlier run holds from the start, because its"
                + " other settings are changed too: "
                + late));
  }

  /**
   * Returns the plan of a run that goes on as a command line says which could have started it.
   *
   * @param asked by the command line
   * @return what of it differs from how the run goes on, and is to be changed
   * @throws RoundelException if anything differs that a run keeps
   */
  static Map<String, String> changes(
      RunDirectory directory,
      ConfigurationHistory history,
      RunConfiguration asked,
      List<String> notices) {
    SortedMap<String, @Nullable String> own = history.start().changesTo(asked);
    SortedMap<String, @Nullable String> kept = new TreeMap<>(own);
    kept.keySet().removeIf(RunSettings::isChangeable);
    if (!kept.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory.path()
              + " holds a run with other settings: "
              + OpenedRun.describe(history.start(), kept, "here", "in the run")
              + ". Go on with it by 'roundel resume "
              + MessageText.shellWord(directory.path())
              + "', or choose another directory");
    }
    Map<String, String> changes = new TreeMap<>();
    history
        .last()
        .changesTo(asked)
        .forEach(
            (key, value) -> {
              if (value != null && own.containsKey(key)) {
                changes.put(key, value);
              } else {
                notices.add(
                    key
                        + " is "
                        + history.last().text(key)
                        + ", because it was changed after the start; the command line says "
                        + value
                        + " as at the start");
              }
            });
    return changes;
  }

  /**
   * Returns the plan of a run that goes on from a place.
   *
   * @param wanted settings that are to have these values from there on
   * @throws RoundelException if the run is to have fewer epochs than it has trained already
   */
  static RunPlan goingOn(
      ConfigurationHistory history, TrainingProgress progress, Map<String, String> wanted) {
    RunPosition here = progress.position();
    RunConfiguration now = history.at(here);
    RunConfiguration asked = now.with(wanted);
    Map<String, String> changes = new TreeMap<>();
    // Of what comes out of this, as a path that is made absolute.
    now.changesTo(asked).forEach((key, value) -> changes.put(key, String.valueOf(value)));
    requireEpochs(progress, asked, changes);
    ConfigurationHistory result =
        changes.isEmpty() ? history : history.with(new ConfigurationChange(here, changes));
    List<String> notices = new ArrayList<>();
    RunConfiguration before = history.until(here).get(0);
    before
        .changesTo(result.at(here))
        .forEach((key, value) -> notices.add(notice(key, value, before.text(key), here)));
    return new RunPlan(result, notices);
  }

  private static String notice(
      String key, @Nullable String value, @Nullable String before, RunPosition here) {
    String shares =
        key.equals(RunSettings.EPOCHS.name())
            ? "; a schedule or quantizer that goes by shares of the run, as cosine does, goes by"
                + " the new length from here on"
            : "";
    return "after "
        + here.step()
        + " updates, "
        + key
        + " becomes "
        + OpenedRun.shown(value)
        + " (before: "
        + OpenedRun.shown(before)
        + "), as manifest.json records"
        + shares;
  }

  private static void requireEpochs(
      TrainingProgress progress, RunConfiguration asked, Map<String, String> changes) {
    int epochs = asked.get(RunSettings.EPOCHS);
    if (!changes.containsKey(RunSettings.EPOCHS.name()) || epochs >= progress.fewestEpochs()) {
      return;
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        "epochs is "
            + epochs
            + "; allowed: "
            + progress.fewestEpochs()
            + " or more, because the run has made "
            + progress.step()
            + " updates already, the last in epoch "
            + progress.fewestEpochs()
            + ". Evaluate an earlier checkpoint, or start another run");
  }
}
