package org.roundel.page.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer has been told so far; sent along with every message, and sent back by a viewer that
 * comes again.
 *
 * @param session which of the run's sessions it was; another has a history of its own
 * @param history bytes of the history
 * @param details what the details' files looked like
 * @param log bytes of the log
 */
record StreamPosition(int session, long history, int details, long log) {
  static final StreamPosition START = new StreamPosition(0, 0, 0, -1);

  private static final Pattern TEXT =
      Pattern.compile("(-?\\d{1,10})\\.(\\d{1,18})\\.(-?\\d{1,10})\\.(-?\\d{1,18})");

  /** Reads what {@link #toString} wrote; anything else is the start. */
  static StreamPosition parse(@Nullable String text) {
    Matcher matcher = TEXT.matcher(text == null ? "" : text);
    if (!matcher.matches()) {
      return START;
    }
    return new StreamPosition(
        (int) Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        (int) Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)));
  }

  StreamPosition withHistory(int otherSession, long bytes) {
    return new StreamPosition(otherSession, bytes, details, log);
  }

  StreamPosition withDetails(int otherDetails) {
    return new StreamPosition(session, history, otherDetails, log);
  }

  StreamPosition withLog(long bytes) {
    return new StreamPosition(session, history, details, bytes);
  }

  @Override
  public String toString() {
    return session + "." + history + "." + details + "." + log;
  }
}
