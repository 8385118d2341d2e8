package org.roundel.page.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class WebServerTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String DATE = "\r\nDate: [^\r]+";
  private static final Pattern DATE_LINE = Pattern.compile(DATE);
  private static final int SLOW_CLIENTS = 5;
  private static final int MOST_CONNECTIONS = 256;

  /** A server that does not answer at all fails the test; one that is slow does not. */
  private static final int PATIENCE_MILLIS = 60_000;

  static {
    // Read once by the JDK's server, so it holds for every test of this JVM.
    System.setProperty("sun.net.httpserver.maxRspTime", "1");
  }

  private static final String TYPE = "text/plain; charset=utf-8";

  private byte[] body = "some text\n".getBytes(StandardCharsets.UTF_8);
  private final WebServer server = start(LOOPBACK, 0);

  private WebServer start(String host, int port) {
    return WebServer.start(address(host, port), Access.OPEN, routes());
  }

  private static ListenAddress address(String host, int port) {
    return new ListenAddress("metrics-", host, port);
  }

  private Map<String, Route> routes() {
    return Map.of("/text", request -> request.answer(200, TYPE, body));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesItsPathsAndNothingFromElsewhere() throws IOException {
    assertThat(request("GET /text?x=%2F HTTP/1.1"))
        .startsWith("HTTP/1.1 200")
        .contains("\r\nContent-type: text/plain; charset=utf-8")
        .contains(
            "\r\nContent-security-policy: default-src 'none'; script-src 'self'; style-src 'self';"
                + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'\r\n")
        .contains("\r\nX-content-type-options: nosniff\r\n")
        .contains("\r\nX-frame-options: DENY\r\n")
        .contains("\r\nCross-origin-resource-policy: same-origin\r\n")
        .contains("\r\nReferrer-policy: no-referrer\r\n")
        .contains("\r\nCache-control: no-store\r\n")
        .doesNotContain("Access-Control")
        .endsWith("\r\n\r\nsome text\n");
  }

  @Test
  void answersHeadWithTheHeadersOfGet() throws IOException {
    String get = request("GET /text HTTP/1.1");
    String head = request("HEAD /text HTTP/1.1");
    assertThat(head).endsWith("\r\n\r\n").isEqualTo(headers(get, head));
    assertThat(head).contains("\r\nContent-length: ").doesNotContain("\r\nContent-length: 0");
    String missing = request("HEAD /x HTTP/1.1");
    assertThat(missing).startsWith("HTTP/1.1 404").endsWith("\r\n\r\n");
  }

  /** The date may have gone on by a second between the two. */
  private static String headers(String get, String head) {
    String headers = get.substring(0, get.indexOf("\r\n\r\n") + 4);
    return headers.replaceFirst(
        DATE, DATE_LINE.matcher(head).results().findFirst().orElseThrow().group());
  }

  @Test
  void refusesEverythingElse() throws IOException {
    assertThat(request("GET / HTTP/1.1"))
        .startsWith("HTTP/1.1 404")
        .endsWith("\r\n\r\nNot found. Here are: /text\n");
    for (String path : List.of("//text", "/text/", "/../text", "/%2e%2e/text", "/.")) {
      assertThat(request("GET " + path + " HTTP/1.1")).startsWith("HTTP/1.1 404");
    }
    assertThat(request("GET /text/x HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(request("POST /text HTTP/1.1\r\nContent-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .contains("\r\nAllow: GET, HEAD\r\n");
    for (String method : List.of("DELETE", "OPTIONS", "TRACE", "PUT", "get", "X")) {
      assertThat(request(method + " /text HTTP/1.1")).startsWith("HTTP/1.1 405");
    }
    assertThat(request("nonsense")).startsWith("HTTP/1.1 400");
    // Of these the JDK's server ends the connection.
    assertThat(request("CONNECT example.org:443 HTTP/1.1")).isEmpty();
    assertThat(request("GET mailto:x HTTP/1.1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST.:9464", "127.0.0.1:1", "10.1.2.3", "[::1]:9464", "[::1]"})
  void isServedUnderItsOwnNamesAndByNumber(String host) throws IOException {
    assertThat(answer("GET /text HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 200");
  }

  /** A page whose name was made to lead here must not read what is served. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "attacker.example",
        "attacker.example:9464",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example",
        "",
        "[::1",
        "localhost\r\nHost: attacker.example"
      })
  void isNotServedUnderAnotherName(String host) throws IOException {
    assertThat(answer("GET /text HTTP/1.1\r\nHost: " + host))
        .startsWith("HTTP/1.1 403")
        .endsWith(
            "\r\n\r\nNot served under this name; use the number of the address, localhost, or the"
                + " name that --metrics-host was given\n");
  }

  @Test
  void isServedUnderTheNameThatWasGivenAndThatOfTheMachine() throws Exception {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    ServedNames open = new ServedNames("0.0.0.0", any);
    assertThat(open.include(List.of(InetAddress.getLocalHost().getHostName() + ":9464"))).isTrue();
    assertThat(open.include(List.of("attacker.example"))).isFalse();
    ServedNames named = new ServedNames("GPU1.example.org", InetAddress.getLoopbackAddress());
    assertThat(named.include(List.of("gpu1.example.org:9464"))).isTrue();
    assertThat(named.include(List.of("gpu1.example.com"))).isFalse();
    assertThat(named.include(null)).isTrue();
  }

  /** Each of these once held one of two threads for as long as it liked. */
  @Test
  void clientsThatAreSlowHoldUpNoOther() throws IOException {
    body = new byte[8 << 20];
    List<Socket> slow = new ArrayList<>();
    try {
      for (int count = 0; count < SLOW_CLIENTS; count++) {
        Socket neverReads = new Socket();
        slow.add(neverReads);
        neverReads.setReceiveBufferSize(1);
        neverReads.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        send(neverReads, "GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Socket neverEnds = new Socket(InetAddress.getLoopbackAddress(), port());
        slow.add(neverEnds);
        send(neverEnds, "GET /text HTTP/1.1\r\nHost: local");
        Socket neverSendsItsBody = new Socket(InetAddress.getLoopbackAddress(), port());
        slow.add(neverSendsItsBody);
        send(
            neverSendsItsBody,
            "POST /text HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999\r\n\r\n");
        slow.add(new Socket(InetAddress.getLoopbackAddress(), port()));
      }
      assertThat(request("GET /text HTTP/1.1")).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** In the order in which they came: who is connected is answered, the others are closed. */
  @Test
  void moreThan256AtATimeAreTurnedAway() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      while (clients.size() < MOST_CONNECTIONS + 44) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port());
        clients.add(client);
        client.setSoTimeout(PATIENCE_MILLIS);
      }
      for (Socket turnedAway : clients.subList(MOST_CONNECTIONS, clients.size())) {
        assertThat(turnedAway.getInputStream().read()).as("end of the connection").isEqualTo(-1);
      }
      List<Socket> connected = clients.subList(0, MOST_CONNECTIONS);
      for (Socket client : connected) {
        send(client, "GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      for (Socket client : connected) {
        assertThat(client.getInputStream().readNBytes(12))
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("HTTP/1.1 200");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    // It takes the server a moment to see that they have gone.
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    String answer = "";
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      try {
        answer = request("GET /text HTTP/1.1");
      } catch (SocketException turnedAway) {
        // Until there is a place.
      }
    }
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    int length = 8 << 20;
    body = new byte[length];
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(1);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
      send(socket, "GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n");
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      boolean began = false;
      while (!began || isWriting()) {
        assertThat(deadline).as("still writing").isGreaterThan(System.nanoTime());
        began |= isWriting();
        Thread.sleep(50);
      }
      long received = 0;
      try {
        received = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (SocketException reset) {
        // It was cut off.
      }
      assertThat(received).isLessThan(length);
    }
  }

  private static boolean isWriting() {
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      if (thread.getKey().getName().equals("web")
          && Arrays.toString(thread.getValue()).contains("SocketChannel")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void endlessHeadersAreCutOff() throws IOException {
    for (String start : List.of("GET /", "GET /text HTTP/1.1\r\nX: ")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
        byte[] more = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        send(socket, start);
        assertThatThrownBy(
                () -> {
                  for (int sent = 0; sent < 1 << 30; sent += more.length) {
                    socket.getOutputStream().write(more);
                  }
                })
            .isInstanceOf(SocketException.class);
      }
    }
    assertThat(request("GET /text HTTP/1.1")).startsWith("HTTP/1.1 200");
  }

  @Test
  void listensOnTheGivenAddressOnly() {
    assertThat(server.address("/text")).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*/text");
  }

  @Test
  void saysThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(LOOPBACK, taken.getLocalPort()))
          .isInstanceOfSatisfying(
              RoundelException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
          .hasMessage(
              "metrics-port: port "
                  + taken.getLocalPort()
                  + " of 127.0.0.1 cannot be opened: Address already in use. Choose another port;"
                  + " 0 picks a free one.");
    }
  }

  @Test
  void takesAnotherPortWhereNobodyAskedForThisOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      try (WebServer other = WebServer.startNear(address(LOOPBACK, port), Access.OPEN, routes())) {
        assertThat(URI.create(other.address("/")).getPort()).isPositive().isNotEqualTo(port);
      }
    }
    int free = port();
    server.close();
    try (WebServer same = WebServer.startNear(address(LOOPBACK, free), Access.OPEN, routes())) {
      assertThat(URI.create(same.address("/")).getPort()).isEqualTo(free);
    }
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    assertThatThrownBy(() -> start(LOOPBACK, 65_536))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("65536 is no port; allowed: 1 to 65535, or 0");
    assertThatThrownBy(() -> start("no.such.host.invalid", 0))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("metrics-host: 'no.such.host.invalid' is no address");
  }

  @Test
  void saysThatAnAddressIsAnotherMachines() {
    // An address that is kept for documents.
    String message =
        "metrics-host: '192.0.2.1' is no address of this machine; use 127.0.0.1 for this machine"
            + " only, or 0.0.0.0 for every network it is on";
    assertThatThrownBy(() -> start("192.0.2.1", 7333)).hasMessage(message);
    assertThatThrownBy(() -> WebServer.startNear(address("192.0.2.1", 7333), Access.OPEN, routes()))
        .isInstanceOf(RoundelException.class)
        .hasMessage(message);
  }

  @Test
  void givesThePortBackWhenClosed() {
    int port = port();
    server.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private String request(String head) throws IOException {
    return answer(head + "\r\nHost: localhost");
  }

  private String answer(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      send(socket, head + "\r\nConnection: close\r\n\r\n");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private int port() {
    return URI.create(server.address("/text")).getPort();
  }
}
