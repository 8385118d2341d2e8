package org.roundel.page.server;

import java.io.IOException;

/** Answers the requests for one path; called by several threads at a time. */
@FunctionalInterface
public interface Route {
  /**
   * Answers a request, which is a GET or HEAD.
   *
   * @throws IOException if the client went away
   */
  void answer(Request request) throws IOException;
}
