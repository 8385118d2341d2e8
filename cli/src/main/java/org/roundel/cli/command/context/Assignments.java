package org.roundel.cli.command.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.api.MessageText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what {@code --set} was given. */
public final class Assignments {
  private Assignments() {}

  /**
   * Returns values by key.
   *
   * @param command whose option it is
   * @param assignments each as {@code KEY=VALUE}
   * @param example what to show where one is malformed, as in {@code quantizer.scale=0.5}
   */
  public static Map<String, String> of(
      CommandLine command, List<String> assignments, String example) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            command,
            "--set takes KEY=VALUE, as in --set "
                + example
                + "; found "
                + MessageText.quoted(assignment));
      }
      String key = assignment.substring(0, equals).strip();
      if (values.put(key, assignment.substring(equals + 1).strip()) != null) {
        throw new ParameterException(
            command, "--set gives " + MessageText.quoted(key) + " twice; give it once");
      }
    }
    return values;
  }
}
