package org.roundel.cli.data;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, taken piece by piece.
 *
 * <p>Unlike the JDK's stream over a body it gives up on a server that falls silent, and an
 * interrupt ends the waiting.
 */
final class ReceivedBody implements Subscriber<List<ByteBuffer>>, AutoCloseable {
  /** A piece; or the end, with the failure that brought it about, if any. */
  private record Signal(@Nullable List<ByteBuffer> piece, @Nullable Throwable failure) {}

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile @Nullable Subscription subscription;
  private volatile boolean closed;

  /** Begins to receive; nothing more than one piece is held ready. */
  static ReceivedBody of(HttpResponse<Publisher<List<ByteBuffer>>> response) {
    ReceivedBody body = new ReceivedBody();
    response.body().subscribe(body);
    return body;
  }

  /** Ends a response whose body nobody wants. */
  static void discard(HttpResponse<Publisher<List<ByteBuffer>>> response) {
    of(response).close();
  }

  /**
   * Waits for the next piece.
   *
   * @return null at the end
   * @throws IOException if the connection broke, or nothing came for that long
   */
  @Nullable List<ByteBuffer> next(Duration timeout) throws IOException, InterruptedException {
    Signal signal = signals.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (signal == null) {
      throw new IOException("nothing was received for " + timeout.toMillis() + " ms");
    }
    if (signal.failure() != null) {
      throw new IOException(signal.failure().getMessage(), signal.failure());
    }
    Subscription current = subscription;
    if (signal.piece() != null && current != null) {
      current.request(1);
    }
    return signal.piece();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    signals.add(new Signal(piece, null));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal(null, failure));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal(null, null));
  }

  /** Breaks the transfer off if it is not at its end. */
  @Override
  public void close() {
    closed = true;
    Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
