package org.roundel.inference;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Copies of a net that several threads share: each has one for itself while it runs it. */
final class NetPool implements AutoCloseable {
  private final Supplier<ImageNet> maker;
  private final int most;
  private final Semaphore permits;
  private final Deque<ImageNet> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * Makes a pool with one copy.
   *
   * @param most how many copies there may be; whoever comes when all are in use waits
   */
  NetPool(Supplier<ImageNet> maker, int most) {
    this.maker = maker;
    this.most = most;
    this.permits = new Semaphore(most, true);
    idle.add(maker.get());
  }

  /**
   * Runs a copy.
   *
   * @throws IllegalStateException if the pool is closed
   */
  <T> T with(Function<ImageNet, T> use) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the net is closed");
      }
      ImageNet last = idle.pollFirst();
      ImageNet net = last == null ? maker.get() : last;
      try {
        return use.apply(net);
      } finally {
        // The one that was used last comes first: its numbers are in the cache.
        idle.addFirst(net);
      }
    } finally {
      permits.release();
    }
  }

  /** Waits for what runs, and closes all copies. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(most);
    try {
      idle.forEach(ImageNet::close);
      idle.clear();
    } finally {
      permits.release(most);
    }
  }
}
