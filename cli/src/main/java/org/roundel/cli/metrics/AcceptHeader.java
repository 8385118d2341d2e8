package org.roundel.cli.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request's {@code Accept} header prefers among media types on offer.
 *
 * <p>As RFC 9110, section 12.5.1: the most specific range that fits a type gives its weight, the
 * highest weight wins, and 0 means never. Of parameters, {@code version} must fit where a range has
 * it; others are about things that do not vary here.
 */
final class AcceptHeader {
  private static final String VERSION = "version=";
  private static final String WEIGHT = "q=";

  /** Characters; a client that sends more gets what one that sends nothing gets. */
  private static final int LONGEST = 8192;

  /** A media range: {@code type/*} and {@code *}{@code /*} fit more than one type. */
  private record Range(String type, @Nullable String version, double weight) {
    /** Returns how closely it fits; 0 if it does not. */
    int fit(MediaType offered) {
      if (type.equals("*/*")) {
        return 1;
      }
      if (type.endsWith("/*")) {
        return offered.name().startsWith(type.substring(0, type.length() - 1)) ? 2 : 0;
      }
      if (!type.equals(offered.name())) {
        return 0;
      }
      if (version == null) {
        return 3;
      }
      return version.equals(offered.version()) ? 4 : 0;
    }
  }

  private final List<Range> ranges = new ArrayList<>();

  /**
   * Reads the header.
   *
   * @param text the header's value, several joined by commas; empty if the request has none, which
   *     stands for any type
   */
  AcceptHeader(String text) {
    String header = text.isBlank() || text.length() > LONGEST ? "*/*" : text;
    for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      String version = null;
      double weight = 1;
      for (int index = 1; index < parts.length; index++) {
        String parameter = parts[index].strip();
        if (parameter.startsWith(VERSION)) {
          version = parameter.substring(VERSION.length()).replace("\"", "");
        } else if (parameter.startsWith(WEIGHT)) {
          weight = weight(parameter.substring(WEIGHT.length()));
        }
      }
      ranges.add(new Range(parts[0].strip(), version, weight));
    }
  }

  /** A weight that is none counts as the least that still accepts. */
  private static double weight(String text) {
    try {
      double weight = Double.parseDouble(text);
      return weight >= 0 && weight <= 1 ? weight : Double.MIN_VALUE;
    } catch (NumberFormatException malformed) {
      return Double.MIN_VALUE;
    }
  }

  /** Returns the type that is preferred, of equal ones the first; null if none is accepted. */
  @Nullable MediaType preferred(List<MediaType> offers) {
    MediaType best = null;
    double bestWeight = 0;
    int bestFit = 0;
    for (MediaType offer : offers) {
      int fit = 0;
      double weight = 0;
      for (Range range : ranges) {
        if (range.fit(offer) > fit) {
          fit = range.fit(offer);
          weight = range.weight();
        }
      }
      // Named by itself goes before fitting a pattern: "openmetrics, */*" asks for OpenMetrics.
      if (weight > bestWeight || (weight == bestWeight && weight > 0 && named(fit, bestFit))) {
        best = offer;
        bestWeight = weight;
        bestFit = fit;
      }
    }
    return best;
  }

  private static boolean named(int fit, int otherFit) {
    return fit >= 3 && otherFit < 3;
  }
}
