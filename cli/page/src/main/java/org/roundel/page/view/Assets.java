package org.roundel.page.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.roundel.page.server.Request;
import org.roundel.page.server.Route;

/**
 * The page's own files, a fixed list out of JARs: no path of a request ever names a file on a disk.
 */
final class Assets {
  private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private Assets() {}

  /** Returns what answers for each file, by path. */
  static Map<String, Route> routes() {
    Map<String, Route> routes = new LinkedHashMap<>();
    routes.put("/", file("index.html", HTML));
    routes.put("/favicon.svg", file("favicon.svg", "image/svg+xml"));
    for (String name : new String[] {"page.css", "charts.css"}) {
      routes.put("/" + name, file(name, STYLE));
    }
    for (String name :
        new String[] {
          "main.js",
          "dom.js",
          "format.js",
          "stream.js",
          "theme.js",
          "charts.js",
          "run.js",
          "curves.js",
          "layers.js",
          "heatmap.js",
          "record.js",
          "runs.js",
          "distribution.js",
          "overlay.js",
          "settings.js",
          "state.js"
        }) {
      routes.put("/" + name, file(name, SCRIPT));
    }
    routes.put("/uPlot.js", file(LIBRARY + "dist/uPlot.esm.js", SCRIPT));
    routes.put("/uPlot.css", file(LIBRARY + "dist/uPlot.min.css", STYLE));
    routes.put("/uPlot.LICENSE", file(LIBRARY + "LICENSE", "text/plain; charset=utf-8"));
    return routes;
  }

  private static Route file(String resource, String contentType) {
    byte[] bytes = read(resource);
    return (Request request) -> request.answer(200, contentType, bytes);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + resource);
      }
      return in.readAllBytes();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
