package org.roundel.core.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Chooses which parameters of a net are quantized: by role, or by a pattern of names. */
public final class ParameterSelector {
  private final String text;
  private final Predicate<Parameter> choice;

  private ParameterSelector(String text, Predicate<Parameter> choice) {
    this.text = text;
    this.choice = choice;
  }

  /**
   * Returns the selector that a user's text describes.
   *
   * @param text {@code conv}, {@code linear}, {@code all} for both, or a pattern in which * stands
   *     for any text and ? for one character
   */
  public static ParameterSelector of(String text) {
    return switch (text) {
      case "conv" ->
          new ParameterSelector(
              text, parameter -> parameter.role() == ParameterRole.CONVOLUTION_WEIGHT);
      case "linear" ->
          new ParameterSelector(text, parameter -> parameter.role() == ParameterRole.LINEAR_WEIGHT);
      case "all" ->
          new ParameterSelector(
              text,
              parameter ->
                  parameter.role() == ParameterRole.CONVOLUTION_WEIGHT
                      || parameter.role() == ParameterRole.LINEAR_WEIGHT);
      default -> {
        String quoted = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        Pattern pattern = Pattern.compile(quoted);
        yield new ParameterSelector(text, parameter -> pattern.matcher(parameter.name()).matches());
      }
    };
  }

  /**
   * Returns which of the parameters are selected, by position.
   *
   * @throws RoundelException if none is
   */
  public boolean[] select(List<Parameter> parameters) {
    boolean[] selected = new boolean[parameters.size()];
    boolean any = false;
    for (int index = 0; index < selected.length; index++) {
      selected[index] = choice.test(parameters.get(index));
      any |= selected[index];
    }
    if (!any) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "quantize: '"
              + text
              + "' matches no parameter; allowed: conv, linear, all, or a pattern of these names: "
              + String.join(", ", parameters.stream().map(Parameter::name).toList()));
    }
    return selected;
  }
}
