package org.roundel.cli.completion;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.roundel.api.MessageText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A shell that completes words. */
public enum Shell {
  /** Reads the same script as zsh. */
  BASH,
  ZSH,
  FISH;

  /** Reads one from the command line. */
  public static final class Words implements ITypeConverter<Shell>, Iterable<String> {
    @Override
    public Shell convert(String text) {
      for (Shell shell : values()) {
        if (shell.word().equals(text)) {
          return shell;
        }
      }
      throw new TypeConversionException(
          "unknown shell " + MessageText.quoted(text) + "; allowed: " + String.join(", ", words()));
    }

    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /** Returns its name, as it is typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Shell::word).toList();
  }
}
