package org.roundel.cli.progress;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Download;
import org.roundel.cli.data.DownloadProgress;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Shows how a download gets on: a line per file, and on a terminal the status line. */
public final class FetchProgress implements DownloadProgress, AutoCloseable {
  private final PrintStream out;
  private final StatusLine line;
  private @Nullable String file;

  /** Makes one that shows files on {@code terminal.out()}. */
  public FetchProgress(Terminal terminal) {
    this.out = terminal.out();
    this.line = terminal.statusLine();
  }

  @Override
  public void received(Download download, long received, long total) {
    String name = download.fileName();
    if (!name.equals(file)) {
      close();
      file = name;
      out.println("Fetching " + download.address());
    }
    if (received == total) {
      // It stands while the file is checked.
      line.drawNow(columns -> text(name, received, total));
    } else {
      line.draw(columns -> text(name, received, total));
    }
  }

  private static String text(String file, long received, long total) {
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

  /** Takes the moving line away. */
  @Override
  public void close() {
    line.clear();
    file = null;
  }
}
