package org.roundel.page.view;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.roundel.page.run.HistoryPart;
import org.roundel.page.run.RunFiles;
import org.roundel.page.run.RunFolder;
import org.roundel.page.server.Request;
import org.roundel.page.server.Route;

/** The page that shows the runs of a directory, beside one another and one by one. */
public final class RunsPage implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final RunFolder folder;
  private final EventStream events;

  /** Makes the page of a directory that holds runs. */
  public RunsPage(Path directory) {
    this(new RunFolder(directory));
  }

  /** Makes the page of these runs. */
  public RunsPage(RunFolder folder) {
    this.folder = folder;
    events = new EventStream(name -> name == null ? null : folder.find(name));
  }

  /** Returns what it answers, by path. */
  public Map<String, Route> routes() {
    Map<String, Route> routes = Assets.routes();
    ObjectNode view = JSON.createObjectNode().put("view", "runs");
    view.put("directory", folder.directory().toAbsolutePath().normalize().toString());
    routes.put("/api/view", request -> JsonAnswer.send(request, view));
    routes.put("/api/runs", request -> JsonAnswer.send(request, folder.toJson()));
    routes.put("/api/history", this::history);
    routes.put("/api/events", events);
    return routes;
  }

  /** One part of a run's history at a time; the next is asked for with what this one says. */
  private void history(Request request) throws IOException {
    String name = request.parameter("run");
    Path run = name == null ? null : folder.path(name);
    if (run == null) {
      request.refuse(404, "There is no such run");
      return;
    }
    String from = request.parameter("from");
    long seen = from != null && from.matches("\\d{1,18}") ? Long.parseLong(from) : 0;
    JsonAnswer.send(request, HistoryPart.read(new RunFiles(run).history(), seen).toJson());
  }

  /** Ends the viewers' streams. The server is closed after that. */
  @Override
  public void close() {
    events.close();
  }
}
