package org.roundel.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.roundel.core.run.JsonFieldException;

/** Tells whether a checkpoint's state is one that the run can go on from. */
@FunctionalInterface
public interface StateCheck {
  /** Lets every state pass; for who needs the tensors only. */
  StateCheck NONE = (name, state) -> {};

  /**
   * Checks a state, which has the checksum that was written with it.
   *
   * @param name the checkpoint's name
   * @throws JsonFieldException if a field is not what a run writes
   */
  void check(String name, ObjectNode state) throws JsonFieldException;
}
