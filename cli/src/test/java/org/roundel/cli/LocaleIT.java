package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed and written does not depend on the locale of whoever runs the program. */
class LocaleIT {
  private static final List<String> LOCALES =
      List.of("ar-EG", "tr-TR", "th-TH-u-ca-buddhist-nu-thai");

  @TempDir private Path directory;

  @Test
  void writesTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Map<String, String> english = everything("en-US");
      assertThat(english).containsKeys("train", "compare", "run/checkpoints/step-000000024");
      for (String locale : LOCALES) {
        assertThat(everything(locale)).as(locale).isEqualTo(english);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Returns what commands print, and the files that they write, by their names. */
  private Map<String, String> everything(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Path place = Files.createDirectory(directory.resolve(locale));
    String run = place.resolve("run").toString();
    Map<String, String> everything = new TreeMap<>();
    everything.put("help", printed(place, "help", "train"));
    everything.put("list", printed(place, "list"));
    everything.put("describe", printed(place, "describe", "adam"));
    String[] train =
        Stream.concat(Stream.of("train"), Installation.TINY_RUN.stream())
            .map(argument -> argument.startsWith("--epochs") ? "--epochs=1" : argument)
            .toArray(String[]::new);
    train = Stream.concat(Stream.of(train), Stream.of("--run-dir", run)).toArray(String[]::new);
    everything.put("train", printed(place, train));
    everything.put("compare", printed(place, "compare", run, "--out", place + "/compared"));
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = place.relativize(file).toString();
        boolean text = name.endsWith(".csv") || name.endsWith(".yaml") || name.endsWith(".jsonl");
        everything.put(
            name,
            text ? withoutTimes(Files.readString(file).replace(place.toString(), "DIR")) : "");
      }
    }
    return everything;
  }

  private static String printed(Path place, String... arguments) {
    Outcome outcome = InProcess.installedIn(Installation.packaged()).run(arguments);
    return outcome.exitCode()
        + withoutTimes(outcome.out().replace(place.toString(), "DIR"))
        + outcome.err();
  }

  /**
   * Numbers that differ from run to run, and the unit of short times; other digits do not match. A
   * line's check follows from them.
   */
  private static String withoutTimes(String text) {
    return text.replaceAll("\"check\":\"[0-9a-f]+\"", "")
        .replaceAll("[0-9][0-9,]*([.:][0-9]+)*(E-?[0-9]+)?( s\\b)? *", "#")
        .replaceAll(" +#", "#");
  }
}
