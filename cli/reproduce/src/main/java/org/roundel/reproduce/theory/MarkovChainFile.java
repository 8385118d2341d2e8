package org.roundel.reproduce.theory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.roundel.api.InvalidInputException;

/**
 * Reads a chain from a text file in UTF-8: a row of the matrix per line, its numbers apart by
 * blanks or a comma; optionally a first line with the states' names, none of which is a number.
 * Empty lines and what follows a {@code #} are left out.
 *
 * <pre>
 * # from: A's row first
 * A   B   C
 * 0.6 0.2 0.2
 * 0.4 0.2 0.4
 * 0.6 0.2 0.2
 * </pre>
 */
public final class MarkovChainFile {
  /** The most states a file may have. */
  public static final int MOST_STATES = 500;

  private static final long MOST_BYTES = 16L << 20;
  private static final int LONGEST_NAME = 40;

  /** Gives nothing back once matched, so that the time is linear in the word's length. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?>[0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

  private static final Pattern SEPARATOR = Pattern.compile("\\s*+,\\s*+|\\s++");

  private final Path file;
  private List<String> names = List.of();
  private final List<double[]> rows = new ArrayList<>();

  private MarkovChainFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a chain.
   *
   * @throws InvalidInputException if there is no such file or it holds no chain; the message names
   *     the file, and the line where one is at fault
   * @throws IOException if the file cannot be read
   */
  public static MarkovChain read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Files.exists(file)
              ? file + " is no regular file; copy what it gives into one"
              : "there is no file " + file + "; check the path");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new InvalidInputException(
          file + " has " + Files.size(file) + " bytes; allowed: at most " + MOST_BYTES);
    }
    return new MarkovChainFile(file).parse(text(file));
  }

  private static String text(Path file) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notText) {
      throw new InvalidInputException(file + " is no text in UTF-8; save it as that", notText);
    }
  }

  private MarkovChain parse(String text) {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      int comment = line.indexOf('#');
      String content = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!content.isEmpty()) {
        line(number, SEPARATOR.split(content, MOST_STATES + 2));
      }
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          file + " has no row of probabilities; allowed: 1 to " + MOST_STATES + " rows");
    }
    if (rows.size() != rows.get(0).length) {
      throw new InvalidInputException(
          file
              + " has "
              + rows.size()
              + " rows of "
              + rows.get(0).length
              + " probabilities; allowed: as many rows as probabilities in a row");
    }
    double[][] matrix = rows.toArray(new double[0][]);
    return names.isEmpty() ? MarkovChain.of(matrix) : MarkovChain.of(names, matrix);
  }

  private void line(int number, String[] words) {
    if (words.length > MOST_STATES) {
      throw fault(number, "more than " + MOST_STATES + " states; allowed: 1 to " + MOST_STATES);
    }
    if (names.isEmpty() && rows.isEmpty() && !hasNumber(words)) {
      names(number, words);
    } else {
      row(number, words);
    }
  }

  private void names(int number, String[] words) {
    for (String word : words) {
      if (word.isEmpty() || word.length() > LONGEST_NAME) {
        throw fault(
            number,
            "a state's name has " + word.length() + " characters; allowed: 1 to " + LONGEST_NAME);
      }
    }
    names = List.of(words);
    if (names.stream().distinct().count() < names.size()) {
      throw fault(number, "two states have the same name; give each a name of its own");
    }
  }

  private void row(int number, String[] words) {
    int expected = words.length;
    if (!names.isEmpty()) {
      expected = names.size();
    } else if (!rows.isEmpty()) {
      expected = rows.get(0).length;
    }
    double[] row = new double[words.length];
    double sum = 0;
    for (int column = 0; column < words.length; column++) {
      row[column] = probability(number, words[column]);
      sum += row[column];
    }
    if (words.length != expected) {
      throw fault(
          number,
          words.length
              + " probabilities; allowed: "
              + expected
              + ", as many as "
              + (names.isEmpty() ? "in the first row" : "there are names"));
    }
    if (rows.size() == expected) {
      throw fault(
          number, "row " + (expected + 1) + " of a chain of " + expected + " states; remove it");
    }
    if (Math.abs(sum - 1) > MarkovChain.SUM_TOLERANCE) {
      throw fault(
          number,
          "the row sums to " + sum + "; allowed: 1, give or take " + MarkovChain.SUM_TOLERANCE);
    }
    rows.add(row);
  }

  private double probability(int number, String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw fault(
          number,
          "'"
              + shortened(word)
              + "' is no number; allowed: probabilities as 0.25, apart by blanks or a comma");
    }
    double value = Double.parseDouble(word);
    if (!(value >= 0 && value <= 1 + MarkovChain.SUM_TOLERANCE)) {
      throw fault(number, "the probability " + shortened(word) + "; allowed: 0 to 1");
    }
    return value;
  }

  private static boolean hasNumber(String[] words) {
    for (String word : words) {
      if (NUMBER.matcher(word).matches()) {
        return true;
      }
    }
    return false;
  }

  private static String shortened(String word) {
    return word.length() <= LONGEST_NAME ? word : word.substring(0, LONGEST_NAME) + "…";
  }

  private InvalidInputException fault(int line, String what) {
    return new InvalidInputException(file + " line " + line + ": " + what);
  }
}
