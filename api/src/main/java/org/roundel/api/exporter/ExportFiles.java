package org.roundel.api.exporter;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The files that an export becomes: the one that the user named, and others beside it where the
 * format needs them. They appear together once all are written.
 */
public interface ExportFiles {
  /** Returns the name of the file that the user asked for, without its directory. */
  String mainName();

  /**
   * Opens the file that the user asked for; once. The exporter closes it.
   *
   * @throws IOException if it cannot be written
   */
  OutputStream openMain() throws IOException;

  /**
   * Opens a file beside it; once for each name. The exporter closes it. A file of the same content
   * may be there from an export before.
   *
   * @param name letters, digits, dots, dashes and underscores, not beginning with a dot
   * @throws IOException if it cannot be written
   */
  OutputStream openBeside(String name) throws IOException;
}
