package org.roundel.core.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;

class NetFilesTest {
  @TempDir Path directory;

  private final NetFiles files = new NetFiles(PluginRegistry.of(new Formats()));

  /** Three formats: one that works, one that cannot hold linear layers, one that breaks off. */
  public static final class Formats implements RoundelPlugin {
    @Override
    public List<ExporterFactory> exporters() {
      return List.of(new Format("pair"), new Format("picky"), new Format("broken"));
    }
  }

  private static final Option<Boolean> STRICT =
      Option.flag("strict", false, "refuses linear layers");

  private record Format(String name) implements ExporterFactory {
    @Override
    public String description() {
      return "a format for tests";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(STRICT);
    }

    @Override
    public Exporter create(Options options) {
      return new Writer(name, name.equals("picky") || options.get(STRICT));
    }

    @Override
    public Optional<ShippedNet> read(Path file) throws IOException {
      String text = Files.readString(file);
      if (text.equals("damaged")) {
        throw new InvalidInputException(file + " is cut short");
      }
      return name.equals("pair") && text.equals("main of net")
          ? Optional.of(net(2))
          : Optional.empty();
    }
  }

  private record Writer(String name, boolean strict) implements Exporter {
    @Override
    public List<String> problems(ShippedNet net) {
      return strict ? List.of("operation 'linear' is a linear layer") : List.of();
    }

    @Override
    public void export(ShippedNet net, ExportFiles files) throws IOException {
      try (OutputStream out = files.openBeside("beside.txt")) {
        out.write('b');
      }
      try (OutputStream out = files.openMain()) {
        out.write("main of net".getBytes(StandardCharsets.UTF_8));
        if (name.equals("broken")) {
          throw new IOException("No space left on device");
        }
      }
    }
  }

  private static ShippedNet net(int levels) {
    int[] multiples = new int[levels];
    for (int index = 0; index < levels; index++) {
      multiples[index] = index;
    }
    NetArray weights =
        NetArray.quantized(List.of(2, 3), Levels.scaled(multiples, 1, 1), new char[6]);
    return new ShippedNet(
        new NetGraph(
            ValueShape.image(3, 1, 1),
            List.of(new Linear("linear", 0, 2, "linear/weight", null)),
            true),
        Map.of("linear/weight", weights),
        Set.of("linear/weight"),
        null,
        List.of("a", "b"),
        new NetOrigin(
            "net", "method bits=9", "all", "data", new NetOrigin.Checkpoint("run", "step", "00")));
  }

  private List<Path> write(String format, boolean replace) {
    Path out = directory.resolve("net.out");
    return files.write(net(2), new NetFiles.Target(format, Map.of(), out, replace));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAllFilesOrNone() throws IOException {
    assertThatThrownBy(() -> write("broken", false))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("No space left on device");
    assertThat(names()).isEmpty();
    assertThat(write("pair", false))
        .containsExactly(directory.resolve("net.out"), directory.resolve("beside.txt"));
    assertThat(names()).containsExactly("beside.txt", "net.out");
    assertThat(files.read(directory.resolve("net.out"))).isEqualTo(net(2));
  }

  @Test
  void twoThatWriteToOnePlaceDoNotMix() throws IOException {
    Path out = directory.resolve("net.out");
    try (StagedFiles first = new StagedFiles(out, true);
        StagedFiles second = new StagedFiles(out, true)) {
      try (OutputStream one = first.openMain();
          OutputStream other = second.openMain()) {
        one.write("first".getBytes(StandardCharsets.UTF_8));
        other.write("second".getBytes(StandardCharsets.UTF_8));
      }
      second.publish();
      assertThat(out).hasContent("second");
      first.publish();
      assertThat(out).hasContent("first");
    }
    assertThat(names()).containsExactly("net.out");
  }

  @Test
  void ofManyThatFindThePlaceFreeOneIsRefused() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 100; round++) {
        Path out = directory.resolve("net" + round + ".out");
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Boolean> export =
            () -> {
              try (StagedFiles staged = new StagedFiles(out, false)) {
                try (OutputStream file = staged.openMain()) {
                  file.write(1);
                }
                start.await();
                staged.publish();
                return true;
              } catch (RoundelException refused) {
                assertThat(refused).hasMessageContaining("is there already");
                return false;
              }
            };
        Future<Boolean> first = threads.submit(export);
        Future<Boolean> second = threads.submit(export);
        assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(true, false);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void replacesNoLink() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "mine");
    Path link = Files.createSymbolicLink(directory.resolve("net.out"), target);
    assertThatThrownBy(() -> write("pair", true))
        .hasMessage(
            link
                + " is a link, a pipe or a device, which --force does not replace; give another"
                + " --out");
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("mine");
  }

  /** The directory could take the file, but not under the longer temporary name. */
  @Test
  void saysWhyAFileCannotBeBegunAndNotTheTemporaryName() {
    Path out = directory.resolve("x".repeat(240));
    assertThatThrownBy(() -> files.write(net(2), new NetFiles.Target("pair", Map.of(), out, false)))
        .hasMessageEndingWith(out + ": File name too long. Check the path and the disk.");
  }

  @Test
  void keepsWhatIsThereUnlessToldOtherwise() throws IOException {
    Files.writeString(directory.resolve("net.out"), "mine");
    assertThatThrownBy(() -> write("pair", false))
        .hasMessage(
            directory.resolve("net.out")
                + " is there already, and stays as it is; give --force to replace it, or another"
                + " --out");
    assertThatThrownBy(() -> write("broken", true)).hasMessageContaining("No space left");
    assertThat(directory.resolve("net.out")).hasContent("mine");
    write("pair", true);
    assertThat(directory.resolve("net.out")).hasContent("main of net");
    Files.delete(directory.resolve("net.out"));
    Files.writeString(directory.resolve("beside.txt"), "of another version");
    assertThatThrownBy(() -> write("pair", false))
        .hasMessageContaining("beside.txt is there already");
    assertThat(names()).containsExactly("beside.txt");
    assertThat(directory.resolve("beside.txt")).hasContent("of another version");
  }

  @Test
  void whatLiesBesideMayBeThereFromAnExportBefore() throws IOException {
    write("pair", false);
    Path other = directory.resolve("other.out");
    assertThat(files.write(net(2), new NetFiles.Target("pair", Map.of(), other, false)))
        .containsExactly(other, directory.resolve("beside.txt"));
    assertThat(names()).containsExactly("beside.txt", "net.out", "other.out");
  }

  @Test
  void namesTheFormatsThatCanHoldANet() {
    assertThatThrownBy(() -> write("picky", false))
        .hasMessage(
            "picky cannot hold this net: operation 'linear' is a linear layer. These formats can:"
                + " broken, pair");
    Path out = directory.resolve("net.out");
    Map<String, String> strict = Map.of("strict", "true");
    assertThatThrownBy(() -> files.write(net(2), new NetFiles.Target("pair", strict, out, false)))
        .hasMessage(
            "pair cannot hold this net: operation 'linear' is a linear layer. These formats can:"
                + " broken");
    assertThatThrownBy(() -> write("pairs", false))
        .hasMessageContaining("there is no exporter 'pairs'")
        .hasMessageContaining("pair");
  }

  @Test
  void refusesMoreLevelsThanEightBitsHave() {
    Path out = directory.resolve("net.out");
    files.write(net(256), new NetFiles.Target("pair", Map.of(), out, false));
    assertThatThrownBy(
            () -> files.write(net(257), new NetFiles.Target("pair", Map.of(), out, true)))
        .hasMessage(
            "linear/weight has 257 levels; allowed: at most 256, which fit into 8 bits. Train with"
                + " fewer: quantizer method bits=9");
  }

  @Test
  void refusesPlacesWhereNothingCanGo() {
    assertThatThrownBy(
            () -> files.write(net(2), new NetFiles.Target("pair", Map.of(), directory, false)))
        .hasMessage(directory + " is a directory; name a file in it by --out");
    Path nowhere = directory.resolve("no/such/net.out");
    assertThatThrownBy(
            () -> files.write(net(2), new NetFiles.Target("pair", Map.of(), nowhere, false)))
        .hasMessageContaining("there is no directory " + directory.resolve("no/such"));
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    Path file = Files.writeString(directory.resolve("x"), "something else");
    assertThatThrownBy(() -> files.read(file))
        .hasMessageStartingWith(
            file
                + " is no file that this program can read a net from; asked were the formats"
                + " broken, pair, picky.");
    Path damaged = Files.writeString(directory.resolve("y"), "damaged");
    assertThatThrownBy(() -> files.read(damaged)).hasMessage(damaged + " is cut short");
    assertThatThrownBy(() -> files.read(directory.resolve("z")))
        .hasMessage("there is no file " + directory.resolve("z") + ". Check the path");
    assertThatThrownBy(() -> files.read(directory))
        .hasMessage(directory + " is no regular file; copy what it gives into one");
  }
}
