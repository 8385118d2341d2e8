package org.roundel.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.JsonFault;

/**
 * A safetensors header, parsed token by token so that a hostile one takes little memory, and
 * checked as a whole.
 */
final class SafetensorsHeader {
  /** The most dimensions a tensor may have, which is ND4J's limit. */
  private static final int MAX_RANK = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader() {}

  /** Returns the tensors by name in the order of their data. */
  Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Returns the header's text. */
  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** A header that breaks a rule of the format; the message says which. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Parses and checks a header.
   *
   * @param json the header without its length
   * @param dataBytes how many bytes follow it in the file
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws MalformedException {
    if (json.length == 0 || json[0] != '{') {
      throw new MalformedException("the header does not begin with '{'");
    }
    SafetensorsHeader header = new SafetensorsHeader();
    List<TensorEntry> entries = new ArrayList<>();
    // A strict decoder: Jackson's own would guess UTF-16, too.
    InputStreamReader text =
        new InputStreamReader(
            new ByteArrayInputStream(json),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(Safetensors.METADATA)) {
          header.readMetadata(parser);
        } else {
          entries.add(readEntry(parser, name));
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedException("something follows the header's closing brace");
      }
    } catch (JsonProcessingException malformed) {
      throw new MalformedException("the header " + JsonFault.describe(malformed));
    } catch (CharacterCodingException malformed) {
      throw new MalformedException("the header is not UTF-8");
    } catch (IOException failed) {
      throw new IllegalStateException("reading from memory", failed);
    }
    header.place(entries, dataBytes);
    return header;
  }

  private void readMetadata(JsonParser parser) throws IOException, MalformedException {
    expect(parser, JsonToken.START_OBJECT, Safetensors.METADATA, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      expect(parser, JsonToken.VALUE_STRING, Safetensors.METADATA + "." + key, "text");
      metadata.put(key, parser.getText());
    }
  }

  private static TensorEntry readEntry(JsonParser parser, String name)
      throws IOException, MalformedException {
    expect(parser, JsonToken.START_OBJECT, name, "an object");
    @Nullable String type = null;
    @Nullable List<Long> shape = null;
    @Nullable List<Long> offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = readType(parser, name);
        case "shape" -> shape = readNumbers(parser, name + ".shape", MAX_RANK);
        case "data_offsets" -> offsets = readNumbers(parser, name + ".data_offsets", 2);
        // The reference implementation ignores what it does not know, too.
        default -> parser.skipChildren();
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw new MalformedException("tensor '" + name + "' has no " + firstMissing(type, shape));
    }
    if (offsets.size() != 2) {
      throw new MalformedException(
          "tensor '" + name + "' has " + offsets.size() + " data_offsets instead of 2");
    }
    TensorEntry entry = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
    checkRange(entry);
    return entry;
  }

  /** Checks a tensor's bytes against its shape, where the size of its elements is known. */
  private static void checkRange(TensorEntry entry) throws MalformedException {
    Optional<ElementType> known = ElementType.of(entry.type());
    if (known.isEmpty()) {
      if (entry.begin() > entry.end()) {
        throw new MalformedException(
            String.format(
                Locale.ROOT,
                "tensor '%s' ends at byte %s of the data, before it begins at byte %s",
                entry.name(),
                entry.end(),
                entry.begin()));
      }
      return;
    }
    OptionalLong bytes = TensorEntry.bytes(known.get(), entry.shape());
    if (bytes.isEmpty()) {
      throw new MalformedException(
          String.format(
              Locale.ROOT,
              "tensor '%s' of %s%s is larger than any file",
              entry.name(),
              entry.type(),
              entry.shape()));
    }
    if (entry.begin() > entry.end() || bytes.getAsLong() != entry.bytes()) {
      throw new MalformedException(
          String.format(
              Locale.ROOT,
              "tensor '%s' of %s%s takes %s bytes, but its data_offsets are %s",
              entry.name(),
              entry.type(),
              entry.shape(),
              bytes.getAsLong(),
              List.of(entry.begin(), entry.end())));
    }
  }

  private static String firstMissing(@Nullable String type, @Nullable List<Long> shape) {
    if (type == null) {
      return "dtype";
    }
    return shape == null ? "shape" : "data_offsets";
  }

  private static String readType(JsonParser parser, String name)
      throws IOException, MalformedException {
    expect(parser, JsonToken.VALUE_STRING, name + ".dtype", "text");
    return shorten(parser.getText());
  }

  private static List<Long> readNumbers(JsonParser parser, String where, int limit)
      throws IOException, MalformedException {
    expect(parser, JsonToken.START_ARRAY, where, "an array");
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser, JsonToken.VALUE_NUMBER_INT, where, "whole numbers");
      long number = parser.getLongValue();
      if (number < 0) {
        throw new MalformedException("'" + where + "' holds the negative number " + number);
      }
      if (numbers.size() == limit) {
        throw new MalformedException("'" + where + "' holds more than " + limit + " numbers");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static void expect(JsonParser parser, JsonToken expected, String where, String what)
      throws MalformedException {
    if (parser.currentToken() != expected) {
      throw new MalformedException("'" + shorten(where) + "' is not " + what);
    }
  }

  /** Orders the tensors by their data and checks that they cover it without gap or overlap. */
  private void place(List<TensorEntry> entries, long dataBytes) throws MalformedException {
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    long covered = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin() != covered) {
        String fault = entry.begin() < covered ? "overlaps the tensor before" : "leaves a gap";
        throw new MalformedException(
            String.format(
                Locale.ROOT,
                "tensor '%s' %s: it begins at byte %s of the data instead of %s",
                entry.name(),
                fault,
                entry.begin(),
                covered));
      }
      covered = entry.end();
      tensors.put(entry.name(), entry);
    }
    if (covered != dataBytes) {
      throw new MalformedException(
          String.format(
              Locale.ROOT,
              "the tensors take %s bytes, but the file has %s after the header",
              covered,
              dataBytes));
    }
  }

  private static String shorten(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
