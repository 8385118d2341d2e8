package org.roundel.page.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.cli.metrics.MetricsRoute;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;
import org.roundel.page.view.RunsPage;
import org.slf4j.LoggerFactory;

class RequestFuzzTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
  private static final int ENOUGH = 4096;
  private static final String TOKEN = "0123456789abcdef";

  /** Both limits are of this client: what the server's threads take is not measured. */
  private final Hostile reader = Hostile.reader("HTTP request", 1 << 22, 100);

  private final AtomicReference<ILoggingEvent> warning = new AtomicReference<>();
  private final int port;

  RequestFuzzTest() throws IOException {
    HostileFile file = new HostileFile("history.jsonl");
    Map<String, Route> routes =
        new HashMap<>(new RunsPage(Files.createDirectories(file.path().getParent())).routes());
    routes.put(
        MetricsRoute.PATH, new MetricsRoute(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    Access access = new Access(AccessToken.of("the test", TOKEN), null);
    WebServer server = WebServer.start(new ListenAddress("", "127.0.0.1", 0), access, routes);
    String address = server.address("");
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
              warning.set(event);
            }
          }
        };
    appender.start();
    logger.addAppender(appender);
  }

  /** Bytes on a connection, which is then closed; what comes back is an answer or nothing. */
  @DictionaryEntries({
    "GET / HTTP/1.1\\x0D\\x0A",
    "Host: localhost\\x0D\\x0A\\x0D\\x0A",
    "/metrics",
    "/api/history?run=",
    "/api/view",
    "/api/events",
    "Accept: ",
    "application/openmetrics-text;version=1.0.0;q=0.5",
    "Last-Event-ID: 1.2.3.4",
    "Transfer-Encoding: chunked\\x0D\\x0A",
    "Content-Length: ",
    "%2e%2e%2f",
    "mailto:a",
    "HEAD ",
    "Authorization: Bearer 0123456789abcdef\\x0D\\x0A",
    "Authorization: Basic Og==\\x0D\\x0A"
  })
  @FuzzTest
  void request(byte[] input) {
    // The test's own, to the server under test.
    BugDetectors.allowNetworkConnections((host, to) -> to == port);
    reader.read(
        input.length,
        () -> {
          answer(input);
          answer(letIn(input));
        });
    ILoggingEvent told = warning.getAndSet(null);
    if (told != null) {
      throw new AssertionError(
          told.getFormattedMessage()
              + ": "
              + told.getThrowableProxy().getClassName()
              + ": "
              + told.getThrowableProxy().getMessage());
    }
  }

  /** Returns the same with the token behind the first line. */
  private static byte[] letIn(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return text.replaceFirst("\r\n", "\r\nAuthorization: Bearer " + TOKEN + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void answer(byte[] input) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(input);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(ENOUGH), StandardCharsets.ISO_8859_1);
      Matcher status = STATUS.matcher(answer);
      boolean refusedOrAnswered =
          answer.isEmpty()
              || (status.lookingAt()
                  && (!status.group(1).startsWith("5") || status.group(1).equals("501")));
      if (!refusedOrAnswered) {
        throw new AssertionError("answered " + answer);
      }
    } catch (SocketException closedBeforeAllWasRead) {
      // What follows a request that was refused.
    }
  }
}
