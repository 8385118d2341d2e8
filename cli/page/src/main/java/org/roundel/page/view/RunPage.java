package org.roundel.page.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.roundel.page.run.WatchedRun;
import org.roundel.page.server.Route;

/** The page that shows one run as it goes. */
public final class RunPage implements AutoCloseable {
  private final EventStream events;

  /** Makes the page of a run. */
  public RunPage(WatchedRun run) {
    events = new EventStream(name -> run);
  }

  /** Returns what it answers, by path. */
  public Map<String, Route> routes() {
    Map<String, Route> routes = Assets.routes();
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("view", "run");
    routes.put("/api/view", request -> JsonAnswer.send(request, view));
    routes.put("/api/events", events);
    return routes;
  }

  /** Tells the viewers how it ended. The server is closed after that. */
  @Override
  public void close() {
    events.close();
  }
}
