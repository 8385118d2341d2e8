package org.roundel.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.plugin.PluginRegistry;

/** The scripts do in the shells themselves what they are made for. */
class CompletionTest {
  private static final String BASH_ASKS =
      """
      source "$1"
      shift
      COMP_WORDS=(roundel "$@") COMP_CWORD=$#
      [[ $(complete -p roundel) == *' -F _complete_roundel roundel' ]] || echo not registered
      _complete_roundel
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /** What zsh's own editor would be told, which needs a terminal, is printed. */
  private static final String ZSH_ASKS =
      """
      compdef() { asked=$1; }
      compadd() { print -l -- "${(@P)@[-1]}"; }
      source "$1"
      shift
      words=(roundel "$@") CURRENT=$(($# + 1))
      $asked
      """;

  private static final String FISH_ASKS = "source $argv[1]; complete -C $argv[2]";

  @TempDir Path directory;

  @BeforeEach
  void makeRuns() throws IOException {
    for (String run : List.of("runs/one", "runs/two", "my runs/a")) {
      Path checkpoint = directory.resolve(run).resolve("checkpoints/step-000000024");
      Files.createDirectories(checkpoint);
      Files.createFile(checkpoint.resolve("state.json"));
      Files.createFile(directory.resolve(run).resolve("manifest.json"));
    }
    Files.createDirectories(directory.resolve("runs/none"));
    Path recipes = Files.createDirectories(directory.resolve(Recipes.PLACE));
    Files.createFile(recipes.resolve("quick-30.yaml"));
    Files.createFile(directory.resolve("net.safetensors"));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void completesCommandsOptionsAndNames(Shell shell) throws Exception {
    assertThat(complete(shell, "tr")).containsExactly("train");
    assertThat(complete(shell, "data", "ver")).containsExactly("verify");
    assertThat(complete(shell, "help", "expo")).containsExactly("export");
    assertThat(complete(shell, "train", "--quantiz"))
        .containsExactlyInAnyOrder("--quantizer", "--quantize");
    assertThat(complete(shell, "train", "--quantizer", "")).containsExactly("rounding");
    assertThat(complete(shell, "train", "--seed", "3", "--model", "n")).containsExactly("net-20");
    assertThat(complete(shell, "train", "--quantize", "in")).containsExactly("inner");
    assertThat(complete(shell, "describe", ""))
        .contains("net-20", "pictures", "quick-30", "rounding");
    assertThat(complete(shell, "data", "fetch", ""))
        .containsExactlyInAnyOrder("pictures", "rounding");
    assertThat(complete(shell, "list", "quan")).containsExactly("quantizer");
    assertThat(complete(shell, "completion", "f")).containsExactly("fish");
    assertThat(complete(shell, "train", "--recipe", "qu")).containsExactly("quick-30");
    assertThat(complete(shell, "train", "--epochs", "x")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void completesKeysOfSet(Shell shell) throws Exception {
    assertThat(complete(shell, "train", "--set", "quantizer."))
        .containsExactlyInAnyOrder("quantizer.delta=", "quantizer.only=");
    assertThat(complete(shell, "train", "--quantizer", "none", "--set", "quantizer.")).isEmpty();
    assertThat(complete(shell, "train", "--set", "epo")).containsExactly("epochs=");
    assertThat(complete(shell, "evaluate", "runs/one", "--set", "epo")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void completesRunsCheckpointsAndFiles(Shell shell) throws Exception {
    assertThat(complete(shell, "resume", "r")).containsExactlyInAnyOrder("runs/one", "runs/two");
    assertThat(complete(shell, "compare", "runs/one", "runs/t")).containsExactly("runs/two");
    assertThat(complete(shell, "evaluate", "n")).containsExactly("net.safetensors");
    assertThat(complete(shell, "evaluate", "runs/one", "--checkpoint", ""))
        .containsExactlyInAnyOrder("newest", "best", "step-000000024");
    assertThat(complete(shell, "train", "--config", "net")).containsExactly("net.safetensors");
  }

  /** Bash cuts words at '='; what it has in front of that stays there. */
  @Test
  void completesBehindEqualsSignsInBash() throws Exception {
    assertThat(complete(Shell.BASH, "train", "--quantizer", "=", "rou"))
        .containsExactly("rounding");
    assertThat(complete(Shell.BASH, "train", "--set", "=", "quantizer.d"))
        .containsExactly("quantizer.delta=");
    assertThat(complete(Shell.FISH, "train", "--quantizer=rou"))
        .containsExactly("--quantizer=rounding");
    assertThat(complete(Shell.BASH, "resume", "my")).containsExactly("my\\ runs/a");
  }

  /** Asks a shell what the last word can become; shells that are not here are passed over. */
  private List<String> complete(Shell shell, String... words) throws Exception {
    Path script = directory.resolve("completion." + shell.word());
    if (Files.notExists(script)) {
      Outcome made =
          InProcess.with(directory, plugins -> PluginRegistry.of(new ExamplePlugin()))
              .run("completion", shell.word());
      assertThat(made.exitCode()).as("%s", made).isZero();
      Files.writeString(script, made.out());
    }
    List<String> command = new ArrayList<>();
    switch (shell) {
      case BASH -> command.addAll(List.of("bash", "--norc", "-c", BASH_ASKS, "bash"));
      case ZSH -> command.addAll(List.of("zsh", "-f", "-c", ZSH_ASKS, "zsh"));
      case FISH -> command.addAll(List.of("fish", "--no-config", "-c", FISH_ASKS));
    }
    command.add(script.toString());
    if (shell == Shell.FISH) {
      command.add("roundel " + String.join(" ", words));
    } else {
      command.addAll(List.of(words));
    }
    boolean here =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, shell.word())));
    // Every machine that this is built on has bash.
    assumeTrue(here || shell == Shell.BASH, shell.word());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output
        .lines()
        .map(line -> line.replaceAll("\t.*", "").stripTrailing())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
