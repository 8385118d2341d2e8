package org.roundel.sweep.plan;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.MessageText;
import org.roundel.core.config.RunSettings;

/**
 * How cells are named: text with settings in braces.
 *
 * @param text as in {@code {quantizer}-{seed}}
 */
record NameTemplate(String text) {
  /** Ten settings with long names. */
  private static final int LONGEST = 1000;

  private static final Pattern SETTING = Pattern.compile("\\{([^{}]*)}");

  /** Adds what is wrong with it. */
  void check(SweepProblems problems, int line) {
    if (text.length() > LONGEST) {
      problems.add(line, "name has " + text.length() + " characters; allowed: at most " + LONGEST);
      return;
    }
    Matcher setting = SETTING.matcher(text);
    while (setting.find()) {
      String key = setting.group(1);
      if (RunSettings.find(key) == null && RunSettings.componentOf(key) == null) {
        problems.addUnknown(line, key, RunSettings.names());
      }
    }
    String fixed = SETTING.matcher(text).replaceAll("");
    if (!fixed.matches("[a-z0-9.-]*")) {
      problems.add(
          line,
          "name is "
              + MessageText.quoted(text)
              + "; allowed: settings in braces, lower-case letters, digits, dots and hyphens");
    }
  }

  /** Returns the name of a cell. */
  String name(Map<String, String> settings) {
    return plain(
        SETTING
            .matcher(text)
            .replaceAll(
                setting ->
                    Matcher.quoteReplacement(settings.getOrDefault(setting.group(1), "default"))));
  }

  /** Returns a text with nothing in it that a cell's name may not have. */
  static String plain(String text) {
    String allowed =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("-{2,}", "-");
    int begin = 0;
    int end = allowed.length();
    while (begin < end && isMark(allowed.charAt(begin))) {
      begin++;
    }
    while (begin < end && isMark(allowed.charAt(end - 1))) {
      end--;
    }
    return allowed.substring(begin, end);
  }

  private static boolean isMark(char character) {
    return character == '.' || character == '-';
  }
}
