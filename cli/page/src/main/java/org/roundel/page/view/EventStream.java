package org.roundel.page.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.roundel.page.run.WatchedRun;
import org.roundel.page.server.Request;
import org.roundel.page.server.Route;
import org.roundel.page.server.WebServer;

/**
 * Streams what happens in a run to each viewer, as server-sent events.
 *
 * <p>A stream ends after some seconds, before the server would cut it, and the browser asks for the
 * next, which begins where this one ended. So a viewer that never reads is gone after ten seconds.
 */
final class EventStream implements Route, AutoCloseable {
  private static final int MOST_VIEWERS = 128;
  private static final long STREAM_SECONDS = WebServer.ANSWER_SECONDS - 2;
  private static final long PAUSE_MILLIS = 500;
  private static final long LAST_WORDS_SECONDS = 2;
  private static final byte[] RETRY = "retry: 300\n\n".getBytes(StandardCharsets.UTF_8);

  private final RunSource runs;
  private final Semaphore places = new Semaphore(MOST_VIEWERS);
  private final CountDownLatch ending = new CountDownLatch(1);

  EventStream(RunSource runs) {
    this.runs = runs;
  }

  @Override
  public void answer(Request request) throws IOException {
    WatchedRun run = runs.find(request.parameter("run"));
    if (run == null) {
      request.refuse(404, "There is no such run");
      return;
    }
    if (!places.tryAcquire()) {
      request.setHeader("Retry-After", "10");
      request.refuse(503, "All " + MOST_VIEWERS + " places for viewers are taken");
      return;
    }
    String position = request.header("Last-Event-ID");
    @Nullable String seen = position.isEmpty() ? request.parameter("seen") : position;
    // Ended before its place is free: then the server may close.
    try (OutputStream out = request.begin("text/event-stream; charset=utf-8")) {
      out.write(RETRY);
      if (!request.isHead()) {
        stream(new Viewer(run, out, StreamPosition.parse(seen)));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void stream(Viewer viewer) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STREAM_SECONDS);
    boolean ended = false;
    while (!ended) {
      viewer.tell();
      ended = ending.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0;
    }
    viewer.tell();
  }

  /** Tells all viewers what is left to tell, and ends their streams. */
  @Override
  public void close() {
    ending.countDown();
    try {
      if (places.tryAcquire(MOST_VIEWERS, LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        places.release(MOST_VIEWERS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
