package org.roundel.api.exporter;

import java.io.IOException;
import java.util.List;
import org.roundel.api.net.ShippedNet;

/**
 * Writes a trained net in a file format. The same net gives the same bytes, on every machine: no
 * time, no path and nothing random goes into a file.
 */
public interface Exporter {
  /**
   * Returns what of a net the format cannot hold, a sentence each without a full stop, which names
   * the operation, as in {@code operation 'pool1' is a pooling with dilation 2}; empty if it can
   * hold the net. The default is that it can.
   *
   * <p>The program asks before it writes, names the formats that can, and refuses by itself nets
   * with more than 256 levels.
   */
  default List<String> problems(ShippedNet net) {
    return List.of();
  }

  /**
   * Writes the net.
   *
   * @param net one without {@link #problems}
   * @param files where it goes; what was written is thrown away if this method throws
   * @throws IOException what {@code files} throw
   */
  void export(ShippedNet net, ExportFiles files) throws IOException;
}
