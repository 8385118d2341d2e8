package org.roundel.page.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.roundel.page.server.Request;

/** Answers with JSON. */
final class JsonAnswer {
  private static final Discretion DISCRETION = new Discretion();

  private JsonAnswer() {}

  static void send(Request request, JsonNode json) throws IOException {
    byte[] body = DISCRETION.of(json).toString().getBytes(StandardCharsets.UTF_8);
    request.answer(200, "application/json; charset=utf-8", body);
  }
}
