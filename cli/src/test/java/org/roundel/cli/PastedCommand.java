package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A command that a message shows, as a shell reads it. */
public final class PastedCommand {
  private PastedCommand() {}

  /** Returns the words of the command, the program's name first, as {@code sh} hands them over. */
  public static List<String> words(String command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var in = shell.getOutputStream()) {
      String program = command.strip().split(" ", 2)[0];
      String script = program + "() { printf '%s\\000' " + program + " \"$@\"; }\n" + command;
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(command).isZero();
    List<String> words = new ArrayList<>(List.of(out.split("\0", -1)));
    words.remove(words.size() - 1);
    return words;
  }
}
