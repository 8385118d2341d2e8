package org.roundel.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** A checkpoint that was found undamaged, open for reading. Not for several threads at a time. */
public final class Checkpoint implements AutoCloseable {
  private final Path directory;
  private final String weightsSha256;
  private final ObjectNode state;
  private final SafetensorsReader weights;
  private final SafetensorsReader training;

  Checkpoint(
      Path directory,
      String weightsSha256,
      ObjectNode state,
      SafetensorsReader weights,
      SafetensorsReader training) {
    this.directory = directory;
    this.weightsSha256 = weightsSha256;
    this.state = state;
    this.weights = weights;
    this.training = training;
  }

  /** Returns the name, such as {@code step-000001234}. */
  public String name() {
    return directory.getFileName().toString();
  }

  /** Returns the directory that holds the checkpoint's files. */
  public Path directory() {
    return directory;
  }

  /** Returns the state as it was handed to {@link CheckpointStore#write}. */
  public ObjectNode state() {
    return state;
  }

  /** Returns the SHA-256 of the file of weights, in lower-case hex. */
  public String weightsSha256() {
    return weightsSha256;
  }

  /** Returns the net's own weights and buffers. */
  public SafetensorsReader weights() {
    return weights;
  }

  /** Returns what only training needs: latent weights, optimizer state, records. */
  public SafetensorsReader training() {
    return training;
  }

  /** Closes both tensor files. */
  @Override
  public void close() {
    weights.close();
    training.close();
  }
}
