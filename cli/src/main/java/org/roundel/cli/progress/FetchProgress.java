package org.roundel.cli.progress;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Download;
import org.roundel.cli.data.DownloadProgress;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Shows how a download gets on: a line that is written over on a terminal, else one per file. */
public final class FetchProgress implements DownloadProgress, AutoCloseable {
  private static final long NANOS_BETWEEN_DRAWINGS = 200_000_000L;

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private @Nullable String file;
  private long lastDrawing;

  /** Makes one that shows files on {@code terminal.out()} and the moving line on its err. */
  public FetchProgress(Terminal terminal) {
    this.out = terminal.out();
    this.err = terminal.err();
    this.columns = terminal.columns().orElse(0);
  }

  @Override
  public void received(Download download, long received, long total) {
    if (!download.fileName().equals(file)) {
      close();
      file = download.fileName();
      out.println("Fetching " + download.address());
    }
    long now = System.nanoTime();
    boolean done = received == total;
    if (columns > 0 && (done || now - lastDrawing > NANOS_BETWEEN_DRAWINGS)) {
      lastDrawing = now;
      draw(line(download.fileName(), received, total));
    }
  }

  static String line(String file, long received, long total) {
    if (total <= 0) {
      return file + "  " + Texts.bytes(received);
    }
    return String.format(
        Locale.ROOT,
        "%s  %s%%  %s of %s",
        file,
        100 * received / total,
        Texts.bytes(received),
        Texts.bytes(total));
  }

  private void draw(String text) {
    String cut = text.substring(0, Math.min(text.length(), columns - 1));
    err.print("\r" + cut + " ".repeat(columns - 1 - cut.length()));
    err.flush();
  }

  /** Takes the moving line away. */
  @Override
  public void close() {
    if (file != null && columns > 0) {
      draw("");
      err.print("\r");
      err.flush();
    }
    file = null;
  }
}
