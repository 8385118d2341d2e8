package org.roundel.cli.command.sweep;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads amounts of memory as Java's {@code -Xmx} and job schedulers have them: {@code 512m} is 512
 * times 1024 times 1024 bytes.
 */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([kmgt])");
  private static final String UNITS = "kmgt";

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new TypeConversionException("'" + text + "'; allowed: an amount as in 512m or 8g");
    }
    long unit = 1L << (10 * (UNITS.indexOf(matcher.group(2)) + 1));
    // No machine has more.
    return Math.min(Long.parseLong(matcher.group(1)), Long.MAX_VALUE / unit) * unit;
  }

  /** Returns what is converted to an amount that this class has made. */
  static String text(long bytes) {
    int unit = UNITS.length() - 1;
    while (unit > 0 && bytes % (1L << (10 * (unit + 1))) != 0) {
      unit--;
    }
    return bytes / (1L << (10 * (unit + 1))) + UNITS.substring(unit, unit + 1);
  }
}
