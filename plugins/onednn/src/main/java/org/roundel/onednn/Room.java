package org.roundel.onednn;

import java.util.Locale;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.program.Program;
import org.roundel.winograd.Workspace;

/** What all programs of a net work in and on, one program at a time. */
final class Room implements AutoCloseable {
  private final Device device = new Device();
  private final Arena arena;
  private final Workspace workspace;

  /** Makes it, still empty. */
  Room(Execution execution) {
    arena = new Arena(execution.allowed());
    workspace = new Workspace(execution.team());
  }

  Device device() {
    return device;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Returns how many bytes of native memory it has; 0 once it is closed. */
  long size() {
    return arena.size();
  }

  /**
   * Makes it large enough for a program; others may have to be bound again.
   *
   * @param batch how many images that is for
   * @throws InsufficientMemoryException if there is not so much memory
   */
  void reserve(Program program, int batch) {
    arena.reserve(program.arenaSize(), batch);
  }

  /**
   * Makes a program ready to run.
   *
   * @param batch how many images it is for
   * @throws InsufficientMemoryException if there is not so much memory
   */
  void bind(Program program, int batch) {
    program.bind(arena.reserve(program.arenaSize(), batch));
    Long needed = workspace.allocate();
    if (needed != null) {
      throw InsufficientMemoryException.ofHeap(
          String.format(
              Locale.ROOT,
              "this net's convolutions need %d MB of Java heap for a batch of %d images, and the heap"
                  + " may have %d MB in all",
              (needed + 999_999) / 1_000_000,
              batch,
              Runtime.getRuntime().maxMemory() / 1_000_000));
    }
  }

  @Override
  public void close() {
    arena.close();
    device.close();
  }
}
