package org.roundel.kit.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.rule.TestedRules;

/** The rules accept a correct exporter and find each of these faults. */
class ExporterRulesTest {
  private static final String END = "\nend\n";

  @Test
  void acceptsACorrectExporter() {
    TestedRules.assertKeepsAll(ExporterRules.all(), subject(ExporterRulesTest::write));
  }

  @Test
  void acceptsOneWhoseFilesCannotBeReadOrThatCannotHoldSomeNets() {
    Exporter some =
        new Exporter() {
          @Override
          public List<String> problems(ShippedNet net) {
            return net.origin().model().equals("plain")
                ? List.of()
                : List.of("operation 'linear' is one too many");
          }

          @Override
          public void export(ShippedNet net, ExportFiles files) throws IOException {
            write(net, files);
          }
        };
    TestedRules.assertKeepsAll(
        ExporterRules.all(), new ExporterSubject(new Factory(some, false), Map.of()));
  }

  @Test
  void findsWhatIsNotWritten() {
    String rule = "it writes at least one of the sample nets";
    assertThat(violation(rule, (net, files) -> files.openMain().close())).contains("an empty file");
    assertThat(violation(rule, (net, files) -> files.openMain().write(1))).contains("left open");
    assertThat(violation(rule, (net, files) -> files.openBeside("net.bin").close()))
        .contains("allowed: the file that the user asked for");
    assertThat(violation(rule, (net, files) -> files.openBeside("../net").close()))
        .contains("a file called '../net'");
  }

  @Test
  void findsProblemsThatNameNothing() {
    Exporter vague =
        new Exporter() {
          @Override
          public List<String> problems(ShippedNet net) {
            return List.of("too hard.");
          }

          @Override
          public void export(ShippedNet net, ExportFiles files) {}
        };
    assertThat(violation("what it cannot hold is told by the operation's name", vague))
        .contains("the problem \"too hard.\"");
    assertThat(violation("it writes at least one of the sample nets", vague))
        .contains("problems with every sample net");
  }

  @Test
  void findsBytesThatChange() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            violation(
                "the same net gives the same bytes",
                (net, files) -> {
                  try (OutputStream out = files.openMain()) {
                    out.write(calls.incrementAndGet());
                  }
                }))
        .contains("other bytes in net.out");
  }

  @Test
  void findsAReaderThatIsWrong() {
    ShippedNet other = SampleNets.plain();
    ExporterFactory careless =
        new Factory(ExporterRulesTest::write, true) {
          @Override
          public Optional<ShippedNet> read(Path file) {
            return Optional.of(other);
          }
        };
    ExporterSubject subject = new ExporterSubject(careless, Map.of());
    assertThat(
            TestedRules.violation(
                ExporterRules.all(), "what it reads back is what it wrote", subject))
        .contains("another net than was written");
    assertThat(
            TestedRules.violation(
                ExporterRules.all(), "files of other formats are left to others", subject))
        .contains("a net in 0 bytes of text");
    assertThat(
            TestedRules.violation(
                ExporterRules.all(), "a file that is cut short is refused with a message", subject))
        .contains("allowed: an InvalidInputException");
  }

  private static void write(ShippedNet net, ExportFiles files) throws IOException {
    try (OutputStream out = files.openMain()) {
      out.write((net.origin().model() + END).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String violation(String rule, Exporter exporter) {
    return TestedRules.violation(ExporterRules.all(), rule, subject(exporter));
  }

  private static ExporterSubject subject(Exporter exporter) {
    return new ExporterSubject(new Factory(exporter, true), Map.of());
  }

  /** A format that holds only the name of one of the sample nets. */
  private static class Factory implements ExporterFactory {
    private final Exporter exporter;
    private final boolean reads;

    Factory(Exporter exporter, boolean reads) {
      this.exporter = exporter;
      this.reads = reads;
    }

    @Override
    public String name() {
      return "under-test";
    }

    @Override
    public String description() {
      return "under test";
    }

    @Override
    public Exporter create(Options options) {
      return exporter;
    }

    @Override
    public Optional<ShippedNet> read(Path file) throws IOException {
      String text = Files.readString(file);
      for (ShippedNet net : SampleNets.all()) {
        if (reads && text.startsWith(net.origin().model().substring(0, 1))) {
          if (!text.equals(net.origin().model() + END)) {
            throw new InvalidInputException("cut short");
          }
          return Optional.of(net);
        }
      }
      return Optional.empty();
    }
  }
}
