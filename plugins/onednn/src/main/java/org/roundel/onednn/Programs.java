package org.roundel.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.roundel.onednn.program.Program;

/** A net's programs of one kind, one for each batch size that it meets; a few are kept. */
final class Programs implements AutoCloseable {
  /** A run needs two, for the last batch. */
  private static final int KEPT = 4;

  private final Room room;
  private final IntFunction<Program> compile;
  private final Map<Integer, Program> known = new LinkedHashMap<>();

  /**
   * Makes it without any.
   *
   * @param room what they run in
   * @param compile makes the program of a batch size
   */
  Programs(Room room, IntFunction<Program> compile) {
    this.room = room;
    this.compile = compile;
  }

  /**
   * Returns the program for a batch size, ready to run.
   *
   * @throws InsufficientMemoryException if there is not memory enough for it
   */
  Program of(int batch) {
    Program program = known.get(batch);
    if (program == null) {
      program = compile.apply(batch);
      if (known.size() == KEPT) {
        Integer oldest = known.keySet().iterator().next();
        known.remove(oldest).close();
      }
      known.put(batch, program);
    }
    try {
      // A known program may have lost its arena where a larger one could not be had.
      room.bind(program, batch);
    } catch (InsufficientMemoryException refusal) {
      known.remove(batch).close();
      throw refusal;
    }
    return program;
  }

  @Override
  public void close() {
    known.values().forEach(Program::close);
    known.clear();
  }
}
