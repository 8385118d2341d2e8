package org.roundel.cli.browser;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that is open in {@link Chromium}; used by one thread. */
public final class Tab implements AutoCloseable {
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
