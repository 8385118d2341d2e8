package org.roundel.core.config;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes what {@link YamlReader} reads. */
final class YamlWriter {
  private YamlWriter() {}

  /** Writes a map so that {@link YamlReader} returns it, without quotes where that can be. */
  static String write(Map<String, String> values) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    StringWriter text = new StringWriter();
    Emitter emitter = new Emitter(text, options);
    try {
      emitter.emit(new StreamStartEvent(null, null));
      emitter.emit(new DocumentStartEvent(null, null, false, null, Map.of()));
      emitter.emit(new MappingStartEvent(null, null, true, null, null, FlowStyle.BLOCK));
      for (Map.Entry<String, String> entry : values.entrySet()) {
        emitter.emit(scalar(entry.getKey()));
        emitter.emit(scalar(entry.getValue()));
      }
      emitter.emit(new MappingEndEvent(null, null));
      emitter.emit(new DocumentEndEvent(null, null, false));
      emitter.emit(new StreamEndEvent(null, null));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private static ScalarEvent scalar(String text) {
    ImplicitTuple noTag = new ImplicitTuple(true, true);
    return new ScalarEvent(null, null, noTag, text, null, null, style(text));
  }

  private static ScalarStyle style(String text) {
    if (text.isEmpty()) {
      return ScalarStyle.SINGLE_QUOTED;
    }
    // Line breaks and marks of the byte order keep their value as escapes only.
    boolean special = text.chars().anyMatch(YamlWriter::isSpecial);
    return special ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private static boolean isSpecial(int character) {
    return Character.isISOControl(character)
        || character == '\u2028'
        || character == '\u2029'
        || character == '\uFEFF';
  }
}
