package org.roundel.onednn.program;

import java.util.List;
import org.roundel.onednn.net.OpenMp;
import org.roundel.winograd.Team;

/**
 * Steps that the threads of kernels in Java run side by side, each by one thread without OpenMP's.
 * They may come in any order, so none reads what another writes.
 */
final class TeamStep implements Step, Team.Task {
  private final Step[] parts;
  private final Team team;
  private final OpenMp openMp;

  TeamStep(List<Step> parts, Team team, OpenMp openMp) {
    this.parts = parts.toArray(Step[]::new);
    this.team = team;
    this.openMp = openMp;
  }

  @Override
  public void run() {
    int threads = openMp.threads();
    try {
      if (parts.length == 1) {
        run(0);
      } else {
        team.run(parts.length, this);
      }
    } finally {
      openMp.setThreads(threads);
    }
  }

  @Override
  public void run(int part) {
    // Threads of the team may be new ones.
    openMp.setThreads(1);
    parts[part].run();
  }
}
