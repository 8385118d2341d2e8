package org.roundel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands in the README, in docs/ and in the examples of every help can be typed. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("^```(?:sh|console)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern COMMAND =
      Pattern.compile("^(?:\\$ )?(?:.*&& )?(?:\\S*/)?roundel( .*)?$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

  @Test
  void commandsOfThePages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    int commands = 0;
    for (Path page : pages) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        Matcher command = COMMAND.matcher(block.group(1).replaceAll("\\\\\\n\\s*", " "));
        while (command.find()) {
          parse(page.toString(), command.group(1));
          commands++;
        }
      }
    }
    assertThat(commands).isGreaterThan(25);
  }

  @Test
  void examplesOfEveryHelp() {
    int examples = 0;
    for (CommandLine command : HelpTest.commands().toList()) {
      for (String line : command.getCommandSpec().usageMessage().footer()) {
        if (line.startsWith("  roundel ")) {
          // Behind three blanks stands what it does.
          parse(
              command.getCommandSpec().qualifiedName(), line.strip().split(" {3}")[0].substring(7));
          examples++;
        }
      }
    }
    assertThat(examples).isGreaterThan(25);
  }

  private static void parse(String where, String arguments) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(arguments == null ? "" : arguments.replaceAll(" #.*| [|>].*", ""));
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    assertThatCode(() -> HelpTest.root().parseArgs(words.toArray(String[]::new)))
        .as("%s: roundel%s", where, arguments)
        .doesNotThrowAnyException();
  }
}
