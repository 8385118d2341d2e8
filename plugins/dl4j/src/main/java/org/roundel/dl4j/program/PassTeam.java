package org.roundel.dl4j.program;

import org.roundel.threads.PassThreads;
import org.roundel.winograd.Team;

/** Roundel's own threads as those of kernels in Java. */
final class PassTeam implements Team {
  @Override
  public int size() {
    return PassThreads.count();
  }

  @Override
  public void run(int parts, Task task) {
    if (parts > 1 && PassThreads.run(parts, task::run)) {
      return;
    }
    for (int part = 0; part < parts; part++) {
      task.run(part);
    }
  }
}
