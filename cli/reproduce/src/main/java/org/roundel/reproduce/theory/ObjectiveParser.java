package org.roundel.reproduce.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.PiecewiseQuadratic.Piece;

/** Reads and writes a {@link PiecewiseQuadratic} as text. */
final class ObjectiveParser {
  private static final int LONGEST = 10_000;

  /** Gives nothing back once matched, so that the time is linear in the text's length. */
  private static final String NUMBER = "(?>[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?>(?:[eE][+-]?[0-9]++)?)";

  private static final Pattern PARABOLA =
      Pattern.compile(
          "(?:([+-]?"
              + NUMBER
              + ")\\*|([+-]?))"
              + "(?:w|\\(w(?:([+-]"
              + NUMBER
              + "))?\\))\\^2"
              + "([+-]"
              + NUMBER
              + ")?");
  private static final Pattern LIMIT = Pattern.compile("w<([+-]?" + NUMBER + ")");

  private ObjectiveParser() {}

  static PiecewiseQuadratic parse(String text) {
    if (text.length() > LONGEST) {
      throw new InvalidInputException(
          "the objective has " + text.length() + " characters; allowed: at most " + LONGEST);
    }
    String[] parts = text.split(";", -1);
    List<Piece> pieces = new ArrayList<>();
    double[] breaks = new double[parts.length - 1];
    for (int index = 0; index < parts.length; index++) {
      String part = parts[index].strip();
      String[] sides = part.split("\\bif\\b", -1);
      boolean last = index == parts.length - 1;
      if (sides.length != (last ? 1 : 2)) {
        throw fault(
            index,
            part,
            last
                ? "the last piece has no limit"
                : "a piece that another follows ends with one limit, as in 'if w<1'");
      }
      pieces.add(piece(index, part, sides[0]));
      if (!last) {
        breaks[index] = limit(index, part, sides[1]);
      }
    }
    return PiecewiseQuadratic.of(pieces, breaks);
  }

  private static Piece piece(int index, String part, String text) {
    Matcher matcher = PARABOLA.matcher(text.replaceAll("\\s", ""));
    if (!matcher.matches()) {
      throw fault(index, part, "a piece is a parabola a*(w-c)^2+b, as in '0.5*(w-2.5)^2+0.75'");
    }
    double curvature = "-".equals(matcher.group(2)) ? -1 : 1;
    if (matcher.group(1) != null) {
      curvature = Double.parseDouble(matcher.group(1));
    }
    // 0 − x and not −x, so that a missing centre is 0 and not −0.
    double centre = matcher.group(3) == null ? 0 : 0 - Double.parseDouble(matcher.group(3));
    double offset = matcher.group(4) == null ? 0 : Double.parseDouble(matcher.group(4));
    return new Piece(curvature, centre, offset);
  }

  private static double limit(int index, String part, String text) {
    Matcher matcher = LIMIT.matcher(text.replaceAll("\\s", ""));
    if (!matcher.matches()) {
      throw fault(index, part, "a limit is a number, as in 'if w<1'");
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static InvalidInputException fault(int index, String part, String allowed) {
    String shown = part.length() <= 60 ? part : part.substring(0, 60) + "…";
    return new InvalidInputException(
        "piece "
            + (index + 1)
            + " of the objective is '"
            + shown
            + "'; "
            + allowed
            + ". A whole objective: 'w^2+2 if w<1; (w-2.5)^2+0.75 if w<3.5; (w-4.75)^2+0.19'");
  }

  static String format(PiecewiseQuadratic function) {
    double[] breaks = function.breaks();
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < function.pieces().size(); index++) {
      Piece piece = function.pieces().get(index);
      if (index > 0) {
        text.append("; ");
      }
      if (piece.curvature() != 1) {
        text.append(number(piece.curvature())).append('*');
      }
      text.append(piece.centre() == 0 ? "w" : "(w" + signed(-piece.centre()) + ")").append("^2");
      text.append(piece.offset() == 0 ? "" : signed(piece.offset()));
      if (index < breaks.length) {
        text.append(" if w<").append(number(breaks[index]));
      }
    }
    return text.toString();
  }

  private static String signed(double value) {
    return (value < 0 ? "" : "+") + number(value);
  }

  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
