package org.roundel.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.core.RoundelException;

class DatasetFetcherTest {
  private final DatasetFetcher fetcher = new DatasetFetcher(new Downloader());
  @TempDir Path directory;

  /** Unpacks by copying, and refuses a file that holds "bad". */
  private record TestingFactory(List<Download> downloads) implements DatasetFactory {
    @Override
    public String name() {
      return "testing";
    }

    @Override
    public String description() {
      return "A dataset to download";
    }

    @Override
    public void unpack(Path file, Path directory) throws IOException {
      if (Files.readString(file).equals("bad")) {
        throw new InvalidInputException(file + " is bad");
      }
      Files.copy(file, directory.resolve("unpacked"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Dataset create(Options options, Path directory) {
      throw new UnsupportedOperationException();
    }
  }

  private static Download download(TestServer server, String md5) {
    return new Download(server.address(), "data.txt", 1000, "MD5", md5);
  }

  private static TestServer serving(String text) throws IOException {
    byte[] content = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return TestServer.start(
        (exchange, number) -> TestServer.send(exchange, 200, content, 0, content.length));
  }

  @Test
  void downloadsAndUnpacks() throws Exception {
    try (TestServer server = serving("abc")) {
      fetcher.fetch(
          new TestingFactory(List.of(download(server, "900150983cd24fb0d6963f7d28e17f72"))),
          directory,
          (download, received, total) -> {});
    }
    assertThat(directory.resolve("unpacked")).hasContent("abc");
  }

  @Test
  void passesOnWhatIsWrongWithTheContent() throws Exception {
    try (TestServer server = serving("bad")) {
      TestingFactory factory =
          new TestingFactory(List.of(download(server, "bae60998ffe4923b131e3d6e4c19993e")));
      assertThatThrownBy(() -> fetcher.fetch(factory, directory, (download, received, total) -> {}))
          .isInstanceOf(RoundelException.class)
          .hasMessage(directory.resolve("data.txt") + " is bad");
    }
  }

  @Test
  void saysThatThereIsNothingToDownload() {
    assertThatThrownBy(
            () ->
                fetcher.fetch(
                    new TestingFactory(List.of()), directory, (download, received, total) -> {}))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "dataset 'testing' has no download; get its files yourself and name their directory"
                + " with --data-dir");
  }
}
