package org.roundel.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.Distribution;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Maps, lists and texts of YAML. A scalar is its characters: YAML's types, in which {@code 010} is
 * 8 and {@code no} is false, do not exist here, nor does anything that would put one value in
 * several places. What YAML has beyond that is refused, never dropped.
 */
final class YamlReader {
  private static final String QUOTES =
      "Text with characters that mean something to YAML stands in quotes, as in quantize:"
          + " '*weight'";

  private static final String SECOND_DOCUMENT =
      "a second document begins here; a configuration is one. Remove it, with the line of dashes or"
          + " dots before it";

  private static final int DEEPEST = 8;

  private final Path file;
  private final Iterator<Event> events;

  private YamlReader(Path file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * Reads a file that is one flat map of texts.
   *
   * @return the values by key; those of a list with commas between them
   * @throws RoundelException if it is no such map, with the line
   */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    readTree(file)
        .entries()
        .forEach((key, entry) -> values.put(key, flat(file, key, entry.value())));
    return values;
  }

  /**
   * Reads a file that is a map of anything.
   *
   * @throws RoundelException if it is no map, or has what is refused, with the line
   */
  static YamlNode.Mapping readTree(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        UnicodeReader text = new UnicodeReader(in)) {
      return new YamlReader(file, new Yaml(new LoaderOptions()).parse(text).iterator()).document();
    } catch (MarkedYAMLException malformed) {
      throw malformed(file, malformed);
    } catch (ReaderException character) {
      throw failure(specialCharacter(file, character.getCodePoint()), character);
    } catch (YAMLException unreadable) {
      if (unreadable.getCause() instanceof CharacterCodingException) {
        throw failure(file + " is not in UTF-8; save it so", unreadable);
      }
      throw failure(file + ": " + firstLine(unreadable.getMessage()), unreadable);
    }
  }

  /** Returns a value as the command line has it. */
  private static String flat(Path file, String key, YamlNode value) {
    if (value instanceof YamlNode.Text text) {
      return text.text();
    }
    if (value instanceof YamlNode.Mapping map) {
      throw fault(
          file,
          map.line(),
          String.format(
              Locale.ROOT,
              "the value of %s is a map; write its keys with a dot instead, as in '%s.option:"
                  + " value'",
              MessageText.quoted(key),
              MessageText.bounded(key)));
    }
    StringJoiner values = new StringJoiner(",");
    for (YamlNode element : ((YamlNode.Sequence) value).elements()) {
      if (!(element instanceof YamlNode.Text text)) {
        throw fault(
            file,
            element.line(),
            "an element of "
                + MessageText.quoted(key)
                + " is a list or a map; allowed: a text or a number");
      }
      values.add(text.text());
    }
    return values.toString();
  }

  private YamlNode.Mapping document() {
    events.next();
    Event start = events.next();
    if (start instanceof DocumentStartEvent) {
      start = events.next();
    }
    if (!(start instanceof MappingStartEvent map)) {
      throw failure(
          String.format(
              Locale.ROOT,
              "%s does not hold a map from key to value, as in '%s'",
              file,
              Distribution.exampleSetting()),
          null);
    }
    YamlNode.Mapping whole = map(map, 1);
    events.next();
    Event last = events.next();
    if (!(last instanceof StreamEndEvent)) {
      throw fault(last, SECOND_DOCUMENT);
    }
    return whole;
  }

  private YamlNode.Mapping map(MappingStartEvent start, int depth) {
    requirePlainNode(start, start.getAnchor(), start.getTag());
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      String key = scalar(next, "a key");
      YamlNode.Entry earlier = entries.get(key);
      if (earlier != null) {
        throw fault(
            next,
            String.format(
                Locale.ROOT,
                "the key %s stands on line %s already; give it once",
                MessageText.quoted(key),
                earlier.line()));
      }
      entries.put(key, new YamlNode.Entry(line(next), value(key, events.next(), depth)));
    }
    return new YamlNode.Mapping(entries, line(start));
  }

  private YamlNode value(String key, Event event, int depth) {
    if (event instanceof CollectionStartEvent && depth > DEEPEST) {
      throw fault(
          event,
          MessageText.quoted(key) + " is nested deeper than anything that is read; flatten it");
    }
    if (event instanceof MappingStartEvent map) {
      return map(map, depth + 1);
    }
    if (event instanceof SequenceStartEvent list) {
      return list(key, list, depth + 1);
    }
    return new YamlNode.Text(scalar(event, "the value of " + MessageText.quoted(key)), line(event));
  }

  private YamlNode.Sequence list(String key, SequenceStartEvent start, int depth) {
    requirePlainNode(start, start.getAnchor(), start.getTag());
    List<YamlNode> elements = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      elements.add(
          next instanceof CollectionStartEvent
              ? value(key, next, depth)
              : new YamlNode.Text(
                  scalar(next, "an element of " + MessageText.quoted(key)), line(next)));
    }
    return new YamlNode.Sequence(elements, line(start));
  }

  private String scalar(Event event, String what) {
    if (event instanceof AliasEvent alias) {
      String text = "*" + MessageText.bounded(alias.getAnchor());
      throw fault(
          event,
          String.format(
              Locale.ROOT,
              "%s is %s, which to YAML stands for a value elsewhere; a configuration writes every"
                  + " value where it belongs. If this is the text, put it in quotes: '%s'",
              what,
              text,
              text));
    }
    if (event instanceof ScalarEvent scalar) {
      requirePlainNode(scalar, scalar.getAnchor(), scalar.getTag());
      return scalar.getValue();
    }
    String kind = event instanceof CollectionStartEvent ? "a list or a map" : "missing";
    throw fault(event, what + " is " + kind + "; allowed: a text or a number");
  }

  private void requirePlainNode(Event event, @Nullable String anchor, @Nullable String tag) {
    if (anchor != null) {
      throw fault(
          event,
          "&"
              + MessageText.bounded(anchor)
              + " names a value for use elsewhere; a configuration writes every value where it"
              + " belongs. Remove it, or put a text that begins with & in quotes.");
    }
    if (tag != null) {
      throw fault(
          event,
          MessageText.quoted(tag)
              + " gives a value a type; here its key does that. Remove it, or put a text that"
              + " begins with ! in quotes.");
    }
  }

  private RoundelException fault(Event where, String what) {
    return fault(file, line(where), what);
  }

  private static RoundelException fault(Path file, int line, String what) {
    return failure(file + " line " + line + ": " + what, null);
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  private static RoundelException malformed(Path file, MarkedYAMLException malformed) {
    String problem = String.valueOf(malformed.getProblem());
    Mark mark = malformed.getProblemMark();
    if (problem.startsWith("expected '<document start>'")) {
      return failure(file + line(mark) + ": " + SECOND_DOCUMENT, malformed);
    }
    if (problem.contains("stream") && malformed.getContextMark() != null) {
      // What ends nowhere is to be seen where it begins.
      mark = malformed.getContextMark();
    }
    return failure(file + line(mark) + ": " + firstLine(problem) + ". " + QUOTES, malformed);
  }

  private static String specialCharacter(Path file, int codePoint) throws IOException {
    String text = Files.readString(file);
    long line =
        1
            + text.substring(0, Math.max(0, text.indexOf(codePoint)))
                .chars()
                .filter(c -> c == '\n')
                .count();
    return String.format(
        Locale.ROOT,
        "%s line %d: the character U+%04X is not allowed in YAML; take it out",
        file,
        line,
        codePoint);
  }

  private static String line(@Nullable Mark mark) {
    return mark == null
        ? ""
        : " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  private static String firstLine(@Nullable String text) {
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return line.isEmpty() ? "malformed" : MessageText.bounded(line);
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }
}
