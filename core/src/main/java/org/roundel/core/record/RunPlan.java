package org.roundel.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.api.Option;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.run.RunDirectory;

/**
 * What a run is to do from some place on, and what the user should know about it.
 *
 * @param history the run's configurations with what is asked for
 * @param notices one line each
 */
public record RunPlan(ConfigurationHistory history, List<String> notices) {
  public RunPlan {
    notices = List.copyOf(notices);
  }

  /**
   * Returns the plan of a run that repeats an earlier one. What was changed in the course of that
   * one is changed at the same places; but if anything else is asked for that alters what is
   * computed, those places mean nothing, and it holds from the start.
   *
   * @param asked the earlier run's configuration, with what the user wants changed
   */
  public static RunPlan repeating(ConfigurationHistory earlier, RunConfiguration asked) {
    List<String> notices = new ArrayList<>();
    ConfigurationHistory possible = withPossibleThreads(earlier, notices);
    if (possible.changes().isEmpty()) {
      return new RunPlan(new ConfigurationHistory(asked, List.of()), notices);
    }
    Map<String, @Nullable String> own = earlier.start().changesTo(asked);
    if (own.keySet().stream().allMatch(RunSettings::isOfTheMachine)) {
      ConfigurationHistory kept = possible.withoutChanges(own.keySet());
      return new RunPlan(new ConfigurationHistory(asked, kept.changes()), notices);
    }
    Map<String, String> late = new TreeMap<>();
    possible.changes().forEach(change -> late.putAll(change.settings()));
    late.keySet().removeAll(own.keySet());
    if (!late.isEmpty()) {
      notices.add(
          "what was changed in the course of the earlier run holds from the start, because its"
              + " other settings are changed too: "
              + late);
    }
    return new RunPlan(new ConfigurationHistory(asked.with(late), List.of()), notices);
  }

  /** Leaves out what cannot be repeated here; else the repetition would fail in its midst. */
  private static ConfigurationHistory withPossibleThreads(
      ConfigurationHistory earlier, List<String> notices) {
    String threads = RunSettings.THREADS.name();
    for (ConfigurationChange change : earlier.changes()) {
      RunConfiguration after = earlier.at(change.from());
      if (change.settings().containsKey(threads) && isTooManyThreads(threads, after)) {
        notices.add(
            "the earlier run went on with "
                + after.text(threads)
                + " threads after "
                + change.from().stepsDone()
                + " updates; this machine has too few processors for that, so threads stays as at"
                + " the start");
        return earlier.withoutChanges(Set.of(threads));
      }
    }
    return earlier;
  }

  /**
   * Returns what is to be changed in a run that goes on as a command line says which could have
   * started it.
   *
   * @param given as the command line says
   * @param asked what the run would do if it was started so
   * @param notices where to say what stays although the command line says something else
   * @throws RoundelException if anything differs that a run keeps
   */
  public static Map<String, String> changes(
      RunDirectory directory,
      ConfigurationHistory history,
      RunConfiguration given,
      ConfigurationHistory asked,
      List<String> notices) {
    SortedMap<String, @Nullable String> own = history.start().changesTo(asked.start());
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
              + "', or choose another directory.");
    }
    RunConfiguration now = history.last();
    Map<String, String> changes = new TreeMap<>();
    now.changesTo(asked.last())
        .forEach(
            (key, value) -> {
              if (value != null && (own.containsKey(key) || isTooManyThreads(key, now))) {
                changes.put(key, value);
              } else if (value == null || !isGiven(given, key)) {
                notices.add(
                    key + " stays " + now.text(key) + "; the command line does not give it");
              } else {
                notices.add(
                    key
                        + " is "
                        + now.text(key)
                        + ", because it was changed after the start; the command line says "
                        + value
                        + " as at the start");
              }
            });
    return changes;
  }

  /** Another machine may have fewer processors than the one that the number was given for. */
  private static boolean isTooManyThreads(String key, RunConfiguration configuration) {
    return key.equals(RunSettings.THREADS.name())
        && !ComputeThreads.isAllowed(configuration.get(RunSettings.THREADS));
  }

  private static boolean isGiven(RunConfiguration given, String key) {
    Option<?> setting = RunSettings.find(key);
    return setting != null && given.isGiven(setting);
  }

  /**
   * Checks that this machine can compute with the threads of a run to its end.
   *
   * @param here where it starts or goes on
   * @throws RoundelException as {@link ComputeThreads#require} does
   */
  public void requireThreads(RunPosition here) {
    for (RunPosition at = here; at != null; at = history.next(at)) {
      ComputeThreads.require(history.at(at).get(RunSettings.THREADS));
    }
  }

  /**
   * Returns the plan of a run that goes on from a place.
   *
   * @param wanted settings that are to have these values from there on
   * @throws RoundelException if the run is to have fewer epochs than it has trained already
   */
  public static RunPlan goingOn(
      ConfigurationHistory history, RunState state, Map<String, String> wanted) {
    RunPosition here = state.position();
    RunConfiguration now = history.at(here);
    // All that can be changed are settings of the run, so no component's option is looked up.
    RunConfiguration asked = ConfigurationJson.canonical(now.with(wanted), key -> null);
    Map<String, String> changes = new TreeMap<>();
    // Of what comes out of this, as a path that is made absolute, or "True" that becomes "true".
    now.changesTo(asked).forEach((key, value) -> changes.put(key, String.valueOf(value)));
    requireEpochs(state, asked, changes);
    requireTeacher(now, asked);
    // What is asked for now also holds against what was to be changed later.
    ConfigurationHistory rest = history.withoutChangesAfter(here, wanted.keySet());
    ConfigurationHistory result =
        changes.isEmpty() ? rest : rest.with(new ConfigurationChange(here, changes));
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
        + here.stepsDone()
        + " updates, "
        + key
        + " becomes "
        + OpenedRun.shown(value)
        + " (before: "
        + OpenedRun.shown(before)
        + "), as manifest.json records"
        + shares;
  }

  /** The directory of the teacher's run may be another, but a run keeps its teacher. */
  private static void requireTeacher(RunConfiguration now, RunConfiguration asked) {
    if (now.get(LossSettings.TEACHER).isEmpty() && !asked.get(LossSettings.TEACHER).isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "teacher: this run has learned from the labels only, and keeps to that. Leave it out, or"
              + " start another run");
    }
  }

  private static void requireEpochs(
      RunState state, RunConfiguration asked, Map<String, String> changes) {
    int epochs = asked.get(RunSettings.EPOCHS);
    if (!changes.containsKey(RunSettings.EPOCHS.name()) || epochs >= state.fewestEpochs()) {
      return;
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        "epochs is "
            + epochs
            + "; allowed: "
            + state.fewestEpochs()
            + " or more, because the run has made "
            + state.stepsDone()
            + " updates already, the last in epoch "
            + state.fewestEpochs()
            + ". Evaluate an earlier checkpoint, or start another run");
  }
}
