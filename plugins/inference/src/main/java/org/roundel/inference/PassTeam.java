package org.roundel.inference;

import org.roundel.threads.PassThreads;
import org.roundel.winograd.Team;

/** The threads of kernels in Java: one for each processor, or as many as Roundel computes with. */
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
