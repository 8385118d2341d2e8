package org.roundel.page.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.SampleRun;
import org.roundel.page.run.Progress;
import org.roundel.page.run.RunPhase;
import org.roundel.page.run.WatchedRun;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.WebServer;

@Timeout(120)
class RunPageTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path directory;

  private final AtomicReference<@Nullable Path> place = new AtomicReference<>();
  private final AtomicReference<Progress> progress =
      new AtomicReference<>(new Progress(RunPhase.STARTING, null, 0, null));
  private final RunPage page =
      new RunPage(
          new WatchedRun() {
            @Override
            public @Nullable Path directory() {
              return place.get();
            }

            @Override
            public Progress progress() {
              return progress.get();
            }
          });
  private final WebServer server =
      WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, page.routes());

  @AfterEach
  void stop() {
    page.close();
    server.close();
  }

  /** A message of a stream. */
  private record Message(String event, String id, JsonNode data) {}

  /** A viewer that reads. */
  private final class Stream implements AutoCloseable {
    private HttpURLConnection connection;
    private BufferedReader lines;
    private String last;

    Stream(String seen) throws IOException {
      last = seen;
      open();
    }

    private void open() throws IOException {
      connection =
          (HttpURLConnection) URI.create(server.address("/api/events")).toURL().openConnection();
      connection.setRequestProperty("Last-Event-ID", last);
      connection.setReadTimeout(60_000);
      assertThat(connection.getContentType()).isEqualTo("text/event-stream; charset=utf-8");
      lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("retry: 300");
      assertThat(lines.readLine()).isEmpty();
    }

    /** Returns null at the end. */
    @Nullable Message next() throws IOException {
      String event = lines.readLine();
      if (event == null) {
        return null;
      }
      String id = lines.readLine();
      last = id.replaceFirst("id: ", "");
      String data = lines.readLine();
      assertThat(lines.readLine()).isEmpty();
      return new Message(
          event.replaceFirst("event: ", ""), last, JSON.readTree(data.replaceFirst("data: ", "")));
    }

    /** Comes again where a stream has ended, as browsers do. */
    Message await(String event) throws IOException {
      while (true) {
        Message message = next();
        if (message == null) {
          open();
        } else if (message.event().equals(event)) {
          return message;
        }
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  @Test
  void tellsWhatARunDoesFromItsStartOn() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    try (Stream stream = new Stream("")) {
      assertThat(stream.await("progress").data().get("phase").textValue()).isEqualTo("starting");
      progress.set(new Progress(RunPhase.TRAINING, null, 9, null));
      place.set(run.directory());
      JsonNode details = stream.await("details").data();
      assertThat(details.get("name").textValue()).isEqualTo("run");
      assertThat(details.at("/settings/epochs").textValue()).isEqualTo("9");
      assertThat(details.at("/manifest/components/quantizer/sha256/bc.jar").textValue())
          .isEqualTo("9f25");
      assertThat(stream.await("history").data())
          .hasToString("{\"from\":0,\"next\":0,\"epochs\":[],\"problems\":[]}");
      assertThat(stream.await("progress").data().get("phase").textValue()).isEqualTo("training");
      run.epoch(1, 0.25);
      run.append("log.txt", "2026-11-28T07:09:20.063Z WARN  careful\n");
      assertThat(stream.await("history").data().get("epochs"))
          .hasToString("[" + SampleRun.line(1, 0.25) + "]");
      assertThat(stream.await("log").data().at("/lines/0").textValue()).endsWith("careful");
    }
  }

  @Test
  void goesOnWhereAViewerWasCutOff() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    place.set(run.directory());
    run.epoch(1, 0.25);
    String seen;
    try (Stream stream = new Stream("")) {
      seen = stream.await("progress").id();
    }
    run.epoch(2, 0.125);
    try (Stream stream = new Stream(seen)) {
      Message message = stream.next();
      assertThat(message.event()).isEqualTo("history");
      assertThat(message.data().get("epochs")).hasToString("[" + SampleRun.line(2, 0.125) + "]");
    }
    for (String nonsense : List.of("x", "1.2.3", "9999999999.1.1.1", "1.-1.1.1")) {
      try (Stream stream = new Stream(nonsense)) {
        assertThat(stream.await("history").data().get("epochs")).hasSize(2);
      }
    }
  }

  @Test
  void beginsAgainWhenTheRunWasResumedFromAnEarlierCheckpoint() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    place.set(run.directory());
    run.epoch(1, 0.25);
    run.epoch(2, 0.5);
    String seen;
    try (Stream stream = new Stream("")) {
      seen = stream.await("progress").id();
      Files.writeString(run.directory().resolve("history.jsonl"), SampleRun.line(1, 0.25) + "\n");
      JsonNode part = stream.await("history").data();
      assertThat(part.get("from").longValue()).isZero();
      assertThat(part.get("epochs")).hasSize(1);
    }
    try (Stream stream = new Stream(seen)) {
      assertThat(stream.await("history").data().get("from").longValue()).isZero();
    }
  }

  @Test
  void tellsTheEndBeforeItGoes() throws Exception {
    SampleRun run = new SampleRun(directory.resolve("run"), 1, 1);
    place.set(run.directory());
    try (Stream stream = new Stream("")) {
      stream.await("progress");
      run.epoch(1, 0.25);
      progress.set(new Progress(RunPhase.FINISHED, null, 1, null));
      page.close();
      server.close();
      assertThat(stream.await("history").data().get("epochs")).hasSize(1);
      assertThat(stream.await("progress").data().get("phase").textValue()).isEqualTo("finished");
      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void aDirectoryThatIsDamagedOrGoneIsSaid() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    place.set(run.directory());
    run.epoch(1, 0.25);
    run.append("history.jsonl", "not JSON\n");
    Files.writeString(run.directory().resolve("manifest.json"), "{");
    try (Stream stream = new Stream("")) {
      assertThat(stream.await("details").data().at("/problems/0").textValue())
          .contains("manifest.json");
      JsonNode history = stream.await("history").data();
      assertThat(history.get("epochs")).hasSize(1);
      assertThat(history.at("/problems/0").textValue()).contains("not JSON");
      Files.delete(run.directory().resolve("history.jsonl"));
      Files.delete(run.directory().resolve("manifest.json"));
      Files.delete(run.directory());
      assertThat(stream.await("details").data().get("problems")).isNotEmpty();
    }
  }

  @Test
  void aHundredViewersAndSomeThatNeverReadAreServed() throws IOException {
    SampleRun run = new SampleRun(directory.resolve("run"), 9, 1);
    place.set(run.directory());
    run.append("history.jsonl", (SampleRun.line(1, 0.5) + "\n").repeat(1));
    run.append("log.txt", "x".repeat(1000) + "\n");
    List<Socket> deaf = new ArrayList<>();
    List<Stream> streams = new ArrayList<>();
    try {
      for (int count = 0; count < 10; count++) {
        Socket socket = new Socket();
        deaf.add(socket);
        socket.setReceiveBufferSize(1);
        int port = URI.create(server.address("/")).getPort();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket
            .getOutputStream()
            .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      }
      for (int count = 0; count < 100; count++) {
        streams.add(new Stream(""));
      }
      for (Stream stream : streams) {
        stream.await("progress");
      }
      run.epoch(2, 0.25);
      for (Stream stream : streams) {
        assertThat(stream.await("history").data().get("epochs")).hasSize(1);
      }
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
      streams.forEach(Stream::close);
    }
  }

  @Test
  void servesItsOwnFilesOnly() throws IOException {
    for (String path : page.routes().keySet()) {
      if (!path.startsWith("/api/")) {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(server.address(path)).toURL().openConnection();
        assertThat(connection.getResponseCode()).as(path).isEqualTo(200);
        String text = new String(connection.getInputStream().readAllBytes(), UTF_8);
        assertThat(text).as(path).isNotEmpty();
        if (!path.startsWith("/uPlot")) {
          assertThat(text.replace("http://www.w3.org/2000/svg", ""))
              .as(path)
              .doesNotContain("http:", "https:", "innerHTML", "eval(");
        }
      }
    }
  }
}
