package org.roundel.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static Workspace.Sizes sizes(int band, int shared) {
    return new Workspace.Sizes(band, 0, 0, 0, 0, 0, shared);
  }

  @Test
  void servesTheLargestOfAllPassesInEveryThread() {
    Workspace workspace = new Workspace(new ThreadTeam(3));
    workspace.need(sizes(10, 7));
    workspace.need(sizes(4, 20));
    workspace.need(sizes(3, 8));
    assertThat(workspace.allocate()).isNull();
    assertThat(workspace.scratch(2).band).hasSize(10);
    assertThat(workspace.scratch(2).band).isNotSameAs(workspace.scratch(1).band);
    assertThat(workspace.shared()).hasSize(20);
    assertThat(workspace.size()).isEqualTo((3 * 10 + 20) * 4);
  }

  @Test
  void forgetsWhatTheHeapHasNoRoomFor() {
    Workspace workspace = new Workspace(new ThreadTeam(2));
    workspace.need(sizes(10, 0));
    assertThat(workspace.allocate()).isNull();
    // Eight gigabytes; the tests' heap has two.
    workspace.need(sizes(10, Integer.MAX_VALUE - 8));
    assertThat(workspace.allocate()).isEqualTo(4L * (2 * 10L + Integer.MAX_VALUE - 8));
    assertThat(workspace.size()).isEqualTo(2 * 10 * 4);
    workspace.need(sizes(12, 5));
    assertThat(workspace.allocate()).isNull();
    assertThat(workspace.scratch(0).band).hasSize(12);
  }
}
