package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.roundel.winograd.Team;

/**
 * A team of fresh threads for each pass, and the caller for the first part.
 *
 * @param size how many
 */
public record FreshThreads(int size) implements Team {
  @Override
  public void run(int parts, Task task) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int part = 1; part < parts; part++) {
      int mine = part;
      Thread thread = new Thread(() -> run(mine, task, failure));
      thread.start();
      threads.add(thread);
    }
    run(0, task, failure);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interruption) {
        throw new IllegalStateException(interruption);
      }
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static void run(int part, Task task, AtomicReference<RuntimeException> failure) {
    try {
      task.run(part);
    } catch (RuntimeException thrown) {
      failure.set(thrown);
    }
  }
}
