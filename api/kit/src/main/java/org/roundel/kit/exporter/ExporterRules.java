package org.roundel.kit.exporter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roundel.api.InvalidInputException;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Exporter} must do. */
public final class ExporterRules {
  private static final byte[] OTHER_FORMAT =
      "0 is neither this nor that\n".repeat(50).getBytes(StandardCharsets.UTF_8);

  private ExporterRules() {}

  /** Returns the rules. */
  public static List<Rule<ExporterSubject>> all() {
    return List.of(
        Rule.of("it writes at least one of the sample nets", ExporterRules::writes),
        Rule.of("what it cannot hold is told by the operation's name", ExporterRules::names),
        Rule.of("the same net gives the same bytes", ExporterRules::sameBytes),
        Rule.of("what it reads back is what it wrote", ExporterRules::readsBack),
        Rule.of("files of other formats are left to others", ExporterRules::leavesOthers),
        Rule.of("a file that is cut short is refused with a message", ExporterRules::refusesCut));
  }

  private static void writes(ExporterSubject subject) throws IOException {
    List<ShippedNet> held = subject.held();
    if (held.isEmpty()) {
      throw RuleViolation.of("problems with every sample net", "one at least that it can hold");
    }
    for (ShippedNet net : held) {
      for (Map.Entry<String, byte[]> file : MemoryFiles.write(subject.create(), net).entrySet()) {
        if (file.getValue().length == 0) {
          throw RuleViolation.of("an empty file " + file.getKey(), "some bytes").with(words(net));
        }
      }
    }
  }

  private static void names(ExporterSubject subject) {
    for (ShippedNet net : SampleNets.all()) {
      for (String problem : subject.create().problems(net)) {
        boolean named =
            net.graph().operations().stream()
                .map(Operation::name)
                .anyMatch(name -> problem.contains("'" + name + "'"));
        if (!named || problem.lines().count() != 1 || problem.endsWith(".")) {
          throw RuleViolation.of(
                  "the problem \"" + problem + "\"",
                  "one line without a full stop that has an operation's name in quotes")
              .with(words(net));
        }
      }
    }
  }

  private static void sameBytes(ExporterSubject subject) throws IOException {
    for (ShippedNet net : subject.held()) {
      Map<String, byte[]> first = MemoryFiles.write(subject.create(), net);
      Map<String, byte[]> second = MemoryFiles.write(subject.create(), net);
      for (Map.Entry<String, byte[]> file : first.entrySet()) {
        if (!Arrays.equals(file.getValue(), second.get(file.getKey()))) {
          throw RuleViolation.of("other bytes in " + file.getKey(), "the same").with(words(net));
        }
      }
    }
  }

  private static void readsBack(ExporterSubject subject) throws IOException {
    for (ShippedNet net : subject.held()) {
      Optional<ShippedNet> read = read(subject, main(subject, net));
      if (read.isPresent() && !read.get().equals(net)) {
        throw RuleViolation.of("another net than was written", "the same, to the last bit")
            .with(words(net));
      }
    }
  }

  private static void leavesOthers(ExporterSubject subject) throws IOException {
    for (int length : new int[] {0, 1, 8, OTHER_FORMAT.length}) {
      if (read(subject, Arrays.copyOf(OTHER_FORMAT, length)).isPresent()) {
        throw RuleViolation.of("a net in " + length + " bytes of text", "none");
      }
    }
  }

  private static void refusesCut(ExporterSubject subject) throws IOException {
    for (ShippedNet net : subject.held()) {
      byte[] whole = main(subject, net);
      if (read(subject, whole).isEmpty()) {
        return;
      }
      for (int share = 1; share <= 16; share++) {
        int length = whole.length - Math.max(1, (int) ((long) whole.length * share / 17));
        if (accepts(subject, Arrays.copyOf(whole, length))) {
          throw RuleViolation.of(
                  "a net in " + length + " of " + whole.length + " bytes",
                  "an InvalidInputException")
              .with(words(net));
        }
      }
    }
  }

  private static boolean accepts(ExporterSubject subject, byte[] bytes) throws IOException {
    try {
      return read(subject, bytes).isPresent();
    } catch (InvalidInputException refused) {
      return false;
    }
  }

  private static byte[] main(ExporterSubject subject, ShippedNet net) throws IOException {
    byte[] main = MemoryFiles.write(subject.create(), net).get(MemoryFiles.MAIN);
    return main == null ? new byte[0] : main;
  }

  private static Optional<ShippedNet> read(ExporterSubject subject, byte[] bytes)
      throws IOException {
    Path file = Files.createTempFile("exporter-rules", ".tmp");
    try {
      Files.write(file, bytes);
      return subject.factory().read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static String words(ShippedNet net) {
    return "the net '" + net.origin().model() + "' of SampleNets";
  }
}
