package org.roundel.cli.check;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.InputShape;

/**
 * What the user gave to check components with.
 *
 * @param values option values, for each component that declares the option
 * @param input the shape of images that nets are checked with
 * @param dataDirectory where a dataset's files are; null for its usual directory
 */
public record CheckRequest(
    Map<String, String> values, InputShape input, @Nullable Path dataDirectory) {
  /** Copies the values. */
  public CheckRequest {
    values = Map.copyOf(values);
  }
}
