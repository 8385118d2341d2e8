package org.roundel.cli.command.context;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class OutputFilesTest {
  @TempDir private Path directory;

  private void check(Path file) {
    OutputFiles.check(
        new CommandLine(CommandSpec.create()), "--csv", file, List.of(".csv", ".svg"));
  }

  @Test
  void takesAFileThatIsThereOrNot() throws IOException {
    Path file = Files.writeString(directory.resolve("a.csv"), "earlier");
    assertThatCode(() -> check(file)).doesNotThrowAnyException();
    assertThatCode(() -> check(directory.resolve("b.svg"))).doesNotThrowAnyException();
  }

  @Test
  void refusesWhatWouldBeReplacedByAFile() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a.csv"), directory.resolve("real"));
    assertRefused(
        link,
        "--csv "
            + link
            + " is a directory, a link, a pipe or a device, which is not replaced; name a file");
    Path taken = Files.createDirectory(directory.resolve("b.csv"));
    assertRefused(taken, "--csv " + taken + " is a directory");
  }

  @Test
  void refusesANameOrADirectoryThatDoesNotDo() {
    Path text = directory.resolve("a.txt");
    assertRefused(text, "--csv takes a name that ends in .csv or .svg; found " + text);
    Path nowhere = directory.resolve("no/a.csv");
    assertRefused(
        nowhere, "there is no directory " + nowhere.getParent() + " for --csv " + nowhere);
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> check(file))
        .isInstanceOf(ParameterException.class)
        .hasMessage(message);
  }
}
