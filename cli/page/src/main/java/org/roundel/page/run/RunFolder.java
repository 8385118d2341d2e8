package org.roundel.page.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** What is kept of a run. */
  private record Entry(RecordedRun run, List<FileStamp> stamps, RunSummary summary, long bytes) {}

  /** Makes one of a directory, whose direct subdirectories are looked at. */
  public RunFolder(Path directory) {
    this.directory = directory;
  }

  /** Returns the directory. */
  public Path directory() {
    return directory;
  }

  /** Returns the directory of a run; null if there is no run of that name. */
  public @Nullable Path path(String name) {
    return runs().get(name);
  }

  /** Returns a run; null if there is none of that name. */
  public @Nullable WatchedRun find(String name) {
    Path path = path(name);
    return path == null ? null : new RecordedRun(path);
  }

  /** A name leads to what was found under the directory, never along a path of its own. */
  private Map<String, Path> runs() {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      paths
          .filter(path -> Files.exists(path.resolve(RunDirectory.MANIFEST)))
          .limit(MOST_RUNS)
          .forEach(path -> found.put(path.getFileName().toString(), path));
    } catch (IOException unreadable) {
      return found;
    }
    return found;
  }

  /** Returns all runs as the page's table gets them. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode runs = json.putArray("runs");
    Map<String, Path> found = runs();
    entries.keySet().retainAll(found.keySet());
    found.forEach((name, path) -> runs.add(row(name, entry(name, path))));
    return json;
  }

  private Entry entry(String name, Path path) {
    List<FileStamp> now = new RunFiles(path).stamps();
    Entry known = entries.get(name);
    if (known != null && known.stamps().equals(now)) {
      return known;
    }
    RecordedRun run = known == null ? new RecordedRun(path) : known.run();
    Entry entry = new Entry(run, now, RunSummary.read(path), RunSize.bytes(path));
    entries.put(name, entry);
    return entry;
  }

  private static ObjectNode row(String name, Entry entry) {
    RunSummary summary = entry.summary();
    ObjectNode row = JSON.createObjectNode().put("name", name);
    row.put("phase", entry.run().progress().phase().word());
    row.setAll(JSON.<ObjectNode>valueToTree(summary));
    row.put("changed", entry.stamps().stream().mapToLong(FileStamp::changed).max().orElse(0));
    row.put("bytes", entry.bytes());
    return row;
  }
}
