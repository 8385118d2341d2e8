package org.roundel.core.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.roundel.api.MessageText;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Chooses which parameters of a net are quantized: by role, or by a pattern of names. */
public final class ParameterSelector {
  private static final int MOST_TOLD = 30;

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
      default -> new ParameterSelector(text, parameter -> matches(text, parameter.name()));
    };
  }

  /**
   * Goes through both once, and back to the last star where they part; an earlier star has nothing
   * to gain. So the time is at most the product of the lengths.
   */
  private static boolean matches(String pattern, String name) {
    int inPattern = 0;
    int inName = 0;
    int behindStar = -1;
    int starTakesTo = 0;
    while (inName < name.length()) {
      char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : '\0';
      if (wanted == '*') {
        inPattern++;
        behindStar = inPattern;
        starTakesTo = inName;
      } else if (inPattern < pattern.length() && (wanted == '?' || wanted == name.charAt(inName))) {
        inPattern++;
        inName++;
      } else if (behindStar >= 0) {
        starTakesTo++;
        inPattern = behindStar;
        inName = starTakesTo;
      } else {
        return false;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == pattern.length();
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
          String.format(
              Locale.ROOT,
              "quantize: %s matches no parameter; allowed: conv, linear, all, or a pattern of these"
                  + " names: %s",
              MessageText.quoted(text),
              names(parameters)));
    }
    return selected;
  }

  private static String names(List<Parameter> parameters) {
    int told = Math.min(MOST_TOLD, parameters.size());
    String names =
        String.join(", ", parameters.subList(0, told).stream().map(Parameter::name).toList());
    int others = parameters.size() - told;
    return others == 0 ? names : names + " and " + others + " more";
  }
}
