package org.roundel.cli.command.component;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.roundel.api.MessageText;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.text.FuzzyMatcher;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the kind of a component from the command line, in the singular or the plural. */
public final class Kinds implements ITypeConverter<ComponentKind>, Iterable<String> {
  private static final List<String> WORDS =
      Arrays.stream(ComponentKind.values()).map(ComponentKind::word).toList();

  @Override
  public ComponentKind convert(String text) {
    return find(text).orElseThrow(() -> new TypeConversionException(unknown(text)));
  }

  static String unknown(String text) {
    if (text.equals("recipe") || text.equals("recipes")) {
      return "unknown kind " + MessageText.quoted(text) + "; 'roundel list' alone shows recipes";
    }
    String suggestion = FuzzyMatcher.suggestion(text, WORDS);
    return "unknown kind "
        + MessageText.quoted(text)
        + (suggestion.isEmpty() ? "; allowed: " + String.join(", ", WORDS) : suggestion);
  }

  static Optional<ComponentKind> find(String text) {
    return Arrays.stream(ComponentKind.values())
        .filter(kind -> text.equals(kind.word()) || text.equals(kind.word() + "s"))
        .findFirst();
  }

  /** Returns the words that a shell completes. */
  @Override
  public Iterator<String> iterator() {
    return WORDS.iterator();
  }
}
