package org.roundel.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.SampleRun;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.Route;
import org.roundel.page.server.WebServer;

/**
 * Whatever is asked for, by whatever method: nothing changes, and no path of the machine is told.
 */
class ReadOnlyTest {
  private static final Set<String> PATHS =
      Set.of(
          "/",
          "/api/view",
          "/api/runs",
          "/api/history?run=run",
          "/api/history?run=..&from=1",
          "/api/events?run=run",
          "/api/events?run=../run");

  @TempDir private Path directory;

  @Test
  void nothingChangesAndNoPathIsTold() throws IOException {
    Path runs = Files.createDirectory(directory.resolve("runs"));
    SampleRun run = new SampleRun(runs.resolve("run"), 2, 7);
    run.epoch(1, 0.5);
    run.append("log.txt", "2026-01-01T00:00:00Z WARN  " + directory + "/runs/run/x is damaged\n");
    Map<String, String> before = content(directory);
    try (RunsPage page = new RunsPage(runs)) {
      Map<String, Route> routes = page.routes();
      try (WebServer server =
          WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, routes)) {
        int port = URI.create(server.address("/")).getPort();
        for (String path : PATHS) {
          for (String method :
              List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            String answer = ask(port, method + " " + path);
            assertThat(answer).as("%s %s", method, path).startsWith("HTTP/1.1 ");
            assertThat(answer).as("%s %s", method, path).doesNotContain(directory.toString());
            boolean reads = List.of("GET", "HEAD").contains(method);
            assertThat(answer.startsWith("HTTP/1.1 405")).isEqualTo(!reads);
          }
        }
        assertThat(ask(port, "GET /api/events?run=run")).contains("…/x is damaged");
      }
    }
    assertThat(content(directory)).isEqualTo(before);
  }

  /** Reads what comes first of a stream, and the whole of anything else. */
  private static String ask(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String text = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      byte[] part = new byte[1 << 16];
      int count = in.read(part);
      while (count >= 0) {
        answer.append(new String(part, 0, count, StandardCharsets.UTF_8));
        if (answer.indexOf("event: progress") >= 0) {
          break;
        }
        count = in.read(part);
      }
      return answer.toString();
    }
  }

  private static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        String bytes = Files.isRegularFile(file) ? Arrays.toString(Files.readAllBytes(file)) : "";
        content.put(file.toString(), Files.getLastModifiedTime(file) + " " + bytes);
      }
    }
    return content;
  }
}
