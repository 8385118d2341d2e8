package org.roundel.core.config;

import java.util.List;
import java.util.Locale;
import org.roundel.api.MessageText;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Chooses which parameters of a net are quantized: by role, or by a pattern of names. */
public final class ParameterSelector {
  /** The choices that have a name; anything else is a pattern. */
  public static final List<String> NAMED = List.of("conv", "linear", "all", "inner");

  private static final int MOST_TOLD = 30;

  private final String text;
  private final Choice choice;

  /** Which of a net's parameters are chosen. */
  private interface Choice {
    /** Returns whether the parameter of this position is. */
    boolean has(List<Parameter> parameters, int index);
  }

  private ParameterSelector(String text, Choice choice) {
    this.text = text;
    this.choice = choice;
  }

  /**
   * Returns the selector that a user's text describes.
   *
   * @param text {@code conv}, {@code linear}, {@code all} for both, {@code inner} for all but the
   *     first and the last layer that has weights, or a pattern in which * stands for any text and
   *     ? for one character
   */
  public static ParameterSelector of(String text) {
    Choice chosen =
        switch (text) {
          case "conv" ->
              (parameters, index) ->
                  parameters.get(index).role() == ParameterRole.CONVOLUTION_WEIGHT;
          case "linear" ->
              (parameters, index) -> parameters.get(index).role() == ParameterRole.LINEAR_WEIGHT;
          case "all" -> (parameters, index) -> parameters.get(index).role().isWeight();
          case "inner" -> ParameterSelector::isInner;
          default -> (parameters, index) -> matches(text, parameters.get(index).name());
        };
    return new ParameterSelector(text, chosen);
  }

  private static boolean isInner(List<Parameter> parameters, int index) {
    return parameters.get(index).role().isWeight()
        && hasWeight(parameters.subList(0, index))
        && hasWeight(parameters.subList(index + 1, parameters.size()));
  }

  private static boolean hasWeight(List<Parameter> parameters) {
    return parameters.stream().anyMatch(parameter -> parameter.role().isWeight());
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
      selected[index] = choice.has(parameters, index);
      any |= selected[index];
    }
    if (!any) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "quantize: %s matches no parameter; allowed: conv, linear, all, inner (all but the first"
                  + " and the last layer), or a pattern of these names: %s",
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
