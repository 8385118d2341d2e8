package org.roundel.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that is open in {@link Chromium}; used by one thread. */
public final class Tab implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();

  Tab(Page page) {
    this.page = page;
    page.setDefaultTimeout(60_000);
    page.onConsoleMessage(message -> errors.add(message.type() + ": " + message.text()));
    page.onPageError(errors::add);
    page.onRequestFailed(
        request -> {
          // A page that is left or closed gives up its streams.
          if (!"net::ERR_ABORTED".equals(request.failure())) {
            errors.add(request.url() + " " + request.failure());
          }
        });
    page.onRequest(
        request -> {
          URI address = URI.create(request.url());
          boolean local =
              "127.0.0.1".equals(address.getHost())
                  || List.of("file", "data", "about").contains(address.getScheme());
          if (!local) {
            elsewhere.add(request.url());
          }
        });
  }

  /** Returns the page itself. */
  public Page page() {
    return page;
  }

  /** Returns all that the console shows, exceptions, and requests that failed, in their order. */
  public List<String> errors() {
    // Answers come after all events before them.
    page.evaluate("0");
    return errors;
  }

  /** Returns requests for anything that is not on this machine. */
  public List<String> elsewhere() {
    return elsewhere;
  }

  /** Returns the value of a JavaScript expression; a promise is waited for. */
  public JsonNode evaluate(String expression) {
    return JSON.valueToTree(page.evaluate(expression));
  }

  /** Returns the images of the page that are seen; they are waited for. */
  public List<Image> images() {
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

  /**
   * An image of a page.
   *
   * @param complete whether it is loaded, or has failed
   * @param width in pixels; 0 if it has failed
   * @param source what was chosen for the window and the color scheme
   * @param alt its text
   */
  public record Image(boolean complete, int width, String source, String alt) {}

  /** Returns by how many pixels the page is wider than the window. */
  public int overflow() {
    return (int)
        page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
  }

  @Override
  public void close() {
    page.context().close();
  }
}
