package org.roundel.winograd;

import java.util.ArrayList;
import java.util.List;

/**
 * A team of fresh threads for each pass.
 *
 * @param size how many
 */
record ThreadTeam(int size) implements Team {
  @Override
  public void run(int parts, Task task) {
    List<Thread> threads = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int mine = part;
      Thread thread = new Thread(() -> task.run(mine));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interruption) {
        throw new IllegalStateException(interruption);
      }
    }
  }
}
