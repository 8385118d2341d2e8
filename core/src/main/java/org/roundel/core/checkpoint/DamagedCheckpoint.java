package org.roundel.core.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint that cannot be used.
 *
 * @param name the checkpoint's name
 * @param file the file at fault
 * @param reason what is wrong with it, a phrase that follows the file's name
 */
public record DamagedCheckpoint(String name, Path file, String reason) {
  /** Returns one sentence without a full stop: which checkpoint, which file, what is wrong. */
  public String describe() {
    return "checkpoint " + name + " is damaged: " + file + " " + reason;
  }
}
