package org.roundel.page.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.RunDirectory;

/**
 * A directory that holds runs. What was read of a run is kept until its files change, so that a
 * thousand of them can be looked at again and again. Used by several threads.
 */
public final class RunFolder {
  private static final int MOST_RUNS = 5000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Supplier<List<PlannedRun>> plan;
  private final Map<String, RecordedRun> known = new ConcurrentHashMap<>();

  /** What there is, by name, and what is to be said about it. */
  private record Found(SortedMap<String, Path> runs, @Nullable String notice) {}

  /** Makes one of a directory, whose direct subdirectories are looked at. */
  public RunFolder(Path directory) {
    this(directory, List::of);
  }

  /**
   * Makes one of a directory whose runs were planned; it need not be there yet.
   *
   * @param plan returns what is planned, as it is now; asked by several threads
   */
  public RunFolder(Path directory, Supplier<List<PlannedRun>> plan) {
    this.directory = directory;
    this.plan = plan;
  }

  /** Returns the directory. */
  public Path directory() {
    return directory;
  }

  /** Returns the directory of a run; null if there is no run of that name. */
  public @Nullable Path path(String name) {
    return found().runs().get(name);
  }

  /** Returns a run; null if there is none of that name. */
  public @Nullable WatchedRun find(String name) {
    Path path = path(name);
    return path == null ? null : new RecordedRun(path);
  }

  /** A name leads to what was found under the directory, never along a path of its own. */
  private Found found() {
    SortedMap<String, Path> runs = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      paths
          .filter(
              path -> Files.exists(path.resolve(RunDirectory.MANIFEST), LinkOption.NOFOLLOW_LINKS))
          .limit(MOST_RUNS + 1)
          .forEach(path -> runs.put(path.getFileName().toString(), path));
    } catch (IOException | UncheckedIOException unreadable) {
      return new Found(runs, directory + " cannot be read: " + unreadable);
    }
    if (runs.size() <= MOST_RUNS) {
      return new Found(runs, null);
    }
    runs.remove(runs.lastKey());
    return new Found(
        runs,
        String.format(
            Locale.ROOT,
            "%s holds more than %d runs; the others are not shown",
            directory,
            MOST_RUNS));
  }

  /**
   * Returns all runs as the page's table gets them, and as {@code notice} why there may be others.
   */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    Map<String, PlannedRun> planned = new LinkedHashMap<>();
    plan.get().forEach(run -> planned.put(run.name(), run));
    boolean begun = planned.isEmpty() || Files.exists(directory);
    Found found = begun ? found() : new Found(new TreeMap<>(), null);
    if (found.notice() != null) {
      json.put("notice", found.notice());
    }
    ArrayNode rows = json.putArray("runs");
    known.keySet().retainAll(found.runs().keySet());
    found
        .runs()
        .forEach(
            (name, path) -> {
              RecordedRun run = known.computeIfAbsent(name, added -> new RecordedRun(path));
              ObjectNode row = row(name, run.state());
              PlannedRun expected = planned.remove(name);
              if (expected != null) {
                tellPlan(row, expected, run.state().progress().phase());
              }
              rows.add(row);
            });
    planned.values().forEach(run -> rows.add(waiting(run)));
    return json;
  }

  /** Adds what a run's directory does not say, or says too late. */
  private static void tellPlan(ObjectNode row, PlannedRun expected, RunPhase phase) {
    row.put("where", expected.where());
    if (expected.phase() != null && phase == RunPhase.STOPPED) {
      row.put("phase", expected.phase().word());
    }
    if (!expected.problem().isEmpty()) {
      row.withArray("problems").add(expected.problem());
    }
  }

  /** Returns the row of a run that has no directory yet. */
  private static ObjectNode waiting(PlannedRun run) {
    RunPhase phase = run.phase() == null ? RunPhase.WAITING : run.phase();
    ObjectNode row = JSON.createObjectNode().put("name", run.name()).put("phase", phase.word());
    row.setAll(
        JSON.<ObjectNode>valueToTree(
            new RunSummary(run.epochs(), 0, null, null, 0, run.settings(), List.of())));
    row.put("begun", false).put("bytes", 0);
    tellPlan(row, run, phase);
    return row;
  }

  private static ObjectNode row(String name, RecordedRun.State state) {
    ObjectNode row = JSON.createObjectNode().put("name", name);
    row.put("phase", state.progress().phase().word());
    row.setAll(JSON.<ObjectNode>valueToTree(state.summary()));
    row.put("changed", state.stamps().stream().mapToLong(FileStamp::changed).max().orElse(0));
    row.put("bytes", state.bytes());
    return row;
  }
}
