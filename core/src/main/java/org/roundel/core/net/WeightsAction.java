package org.roundel.core.net;

import java.io.IOException;

/**
 * Something to do while other weights are in the net's place.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface WeightsAction<T> {
  T run() throws IOException;
}
