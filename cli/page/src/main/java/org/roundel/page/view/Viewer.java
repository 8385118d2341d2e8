package org.roundel.page.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.page.run.EpochCurve;
import org.roundel.page.run.FileStamp;
import org.roundel.page.run.HistoryPart;
import org.roundel.page.run.LogTail;
import org.roundel.page.run.Progress;
import org.roundel.page.run.RunDetails;
import org.roundel.page.run.RunFiles;
import org.roundel.page.run.RunPhase;
import org.roundel.page.run.WatchedRun;

/**
 * One who looks at a run, and is told what has changed since it was told last. Whoever is slow is
 * told less often, and then all at once: nothing is kept for it meanwhile. Used by one thread.
 */
final class Viewer {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Discretion DISCRETION = new Discretion();

  private final WatchedRun run;
  private final OutputStream out;
  private StreamPosition position;
  private @Nullable Progress told;
  private @Nullable EpochCurve curve;
  private @Nullable FileStamp history;

  Viewer(WatchedRun run, OutputStream out, StreamPosition position) {
    this.run = run;
    this.out = out;
    this.position = position;
  }

  /** Writes what is new. What the progress says has happened stands in the messages before it. */
  void tell() throws IOException {
    Progress progress = run.progress();
    Path directory = run.directory();
    if (directory != null && progress.phase() != RunPhase.GONE) {
      RunFiles files = new RunFiles(directory);
      tellDetails(files);
      tellHistory(files);
      tellLog(files);
    }
    EpochCurve longer = run.curve();
    if (longer != null && !longer.equals(curve)) {
      curve = longer;
      send("updates", JSON.valueToTree(longer));
    }
    if (!Objects.equals(told, progress)) {
      told = progress;
      send("progress", JSON.valueToTree(progress));
    }
    out.flush();
  }

  private void tellDetails(RunFiles files) throws IOException {
    int now =
        List.of(
                FileStamp.of(files.manifest()),
                FileStamp.of(files.checkpoints()),
                FileStamp.of(files.test()))
            .hashCode();
    if (now != position.details()) {
      position = position.withDetails(now);
      send("details", RunDetails.read(files));
    }
  }

  private void tellHistory(RunFiles files) throws IOException {
    // Every session of a run writes the manifest before its first line of history.
    int session = FileStamp.of(files.manifest()).hashCode();
    long seen = session == position.session() ? position.history() : 0;
    FileStamp now = FileStamp.of(files.history());
    if (now.equals(history) && session == position.session()) {
      return;
    }
    boolean begin = session != position.session();
    boolean more = true;
    while (more) {
      HistoryPart part = HistoryPart.read(files.history(), seen);
      more = part.next() != seen;
      seen = part.next();
      position = position.withHistory(session, seen);
      if (begin || more || !part.problems().named().isEmpty()) {
        send("history", part.toJson());
      }
      begin = false;
    }
    history = now;
  }

  private void tellLog(RunFiles files) throws IOException {
    long size = FileStamp.of(files.log()).size();
    if (size != position.log()) {
      LogTail tail = LogTail.read(files.log());
      position = position.withLog(size);
      send("log", JSON.valueToTree(tail));
    }
  }

  /** JSON has no line ends outside of texts, where they are escaped. */
  private void send(String event, JsonNode data) throws IOException {
    String message =
        "event: " + event + "\nid: " + position + "\ndata: " + DISCRETION.of(data) + "\n\n";
    out.write(message.getBytes(StandardCharsets.UTF_8));
  }
}
