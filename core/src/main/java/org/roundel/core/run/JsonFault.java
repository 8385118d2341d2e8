package org.roundel.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Words for malformed JSON, without the parser's own names for its settings. */
public final class JsonFault {
  private JsonFault() {}

  /** Returns what is wrong and where, as a phrase that follows "it" or a file's name. */
  public static String describe(JsonProcessingException failure) {
    String fault = "is not well-formed JSON";
    String message = String.valueOf(failure.getOriginalMessage());
    if (message.startsWith("Duplicate field")) {
      fault = "names the field " + message.substring("Duplicate field ".length()) + " twice";
    }
    if (message.startsWith("Numeric value")) {
      fault = "holds a number that is out of range";
    }
    if (failure.getLocation() == null) {
      return fault;
    }
    String where = "column " + failure.getLocation().getColumnNr();
    if (failure.getLocation().getLineNr() > 1) {
      where = "line " + failure.getLocation().getLineNr() + ", " + where;
    }
    return fault + " (" + where + ")";
  }
}
