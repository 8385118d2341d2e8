package org.roundel.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A page that is open in a {@link Browser}; used by one thread. */
public final class Page implements AutoCloseable {
  private static final long ANSWER_SECONDS = 60;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private final WebSocket socket;
  private int commands;
  private boolean loaded;

  Page(URI address) {
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Listener(messages))
            .join();
  }

  void load(URI address, int width, int height, boolean dark) throws InterruptedException {
    command("Page.enable", Map.of());
    command("Runtime.enable", Map.of());
    command("Log.enable", Map.of());
    command("Network.enable", Map.of());
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    loaded = false;
    command("Page.navigate", Map.of("url", address.toString()));
    while (!loaded) {
      handle(next());
    }
  }

  /**
   * Returns what went wrong: errors of the console, exceptions, and requests that failed.
   *
   * @return in the order in which they happened
   */
  public List<String> errors() throws InterruptedException {
    // Answers come after all events before them.
    evaluate("0");
    return List.copyOf(errors);
  }

  /** Returns the value of a JavaScript expression; a promise is waited for. */
  public JsonNode evaluate(String expression) throws InterruptedException {
    JsonNode answer =
        command(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Returns what the window shows, as a PNG image. */
  public byte[] screenshot() throws InterruptedException {
    JsonNode answer =
        command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** Returns the page as it is printed on A4 paper, as a PDF document. */
  public byte[] pdf() throws InterruptedException {
    JsonNode answer =
        command(
            "Page.printToPDF",
            Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", false));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** Returns by how many pixels the page is wider than the window. */
  public int overflow() throws InterruptedException {
    return evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        .asInt();
  }

  /** Returns the images of the page that are seen. */
  public List<Image> images() throws InterruptedException {
    List<Image> images = new ArrayList<>();
    JsonNode found =
        evaluate(
            "Promise.all([...document.images].map(i => i.decode().catch(() => 0))).then(() =>"
                + " [...document.images].filter(i => i.getClientRects().length).map(i => ({complete: i.complete, width: i.naturalWidth,"
                + " source: i.currentSrc, alt: i.alt})))");
    for (JsonNode image : found) {
      images.add(
          new Image(
              image.get("complete").asBoolean(),
              image.get("width").asInt(),
              image.get("source").asText(),
              image.get("alt").asText()));
    }
    return images;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private JsonNode command(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ++commands;
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    socket.sendText(command.toString(), true).join();
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
      }
      handle(message);
    }
  }

  private JsonNode next() throws InterruptedException {
    String message = messages.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Chromium has said nothing for " + ANSWER_SECONDS + " s");
    }
    try {
      return JSON.readTree(message);
    } catch (IOException failed) {
      throw new AssertionError("Chromium said: " + message, failed);
    }
  }

  private void handle(JsonNode event) {
    JsonNode parameters = event.path("params");
    switch (event.path("method").asText()) {
      case "Page.loadEventFired" -> loaded = true;
      case "Runtime.exceptionThrown", "Network.loadingFailed" -> errors.add(event.toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.path("type").asText().equals("error")) {
          errors.add(event.toString());
        }
      }
      case "Log.entryAdded" -> {
        if (parameters.path("entry").path("level").asText().equals("error")) {
          errors.add(event.toString());
        }
      }
      default -> {
        // Everything else that a browser tells about a page.
      }
    }
  }

  /**
   * An image of a page.
   *
   * @param complete whether it is loaded, or has failed
   * @param width in pixels; 0 if it has failed
   * @param source what was chosen for the window and the color scheme
   * @param alt its text
   */
  public record Image(boolean complete, int width, String source, String alt) {}

  /** Puts whole messages into a queue. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<String> messages;
    private final StringBuilder part = new StringBuilder();

    Listener(BlockingQueue<String> messages) {
      this.messages = messages;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
