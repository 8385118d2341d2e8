package org.roundel.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;

/** Recipes by name, and the commands that take one. */
class RecipesTest {
  @TempDir private Path home;

  private void write(String name, String text) throws IOException {
    Files.createDirectories(home.resolve(Recipes.PLACE));
    Files.writeString(home.resolve(Recipes.PLACE).resolve(name), text);
  }

  private Outcome run(String... arguments) {
    return InProcess.with(home, plugins -> PluginRegistry.of(new ExamplePlugin())).run(arguments);
  }

  @Test
  void namesAreThoseOfTheFilesNumbersByTheirValue() throws IOException {
    write("net-20-1bit-126.yaml", "epochs: 126\n");
    write("net-20-1bit-30.yaml", "epochs: 30\n");
    write("net-3-1bit-30.yaml", "epochs: 30\n");
    write("notes.txt", "");
    Recipes recipes = Recipes.of(home);
    assertThat(recipes.names())
        .containsExactly("net-3-1bit-30", "net-20-1bit-30", "net-20-1bit-126");
    assertThat(recipes.read("net-20-1bit-30")).isEqualTo(Map.of("epochs", "30"));
  }

  @Test
  void onlyNamesAreRead() throws IOException {
    write("one.yaml", "epochs: 3\n");
    Files.writeString(home.resolve("secret.yaml"), "epochs: 4\n");
    for (String name : new String[] {"../../secret", "one.yaml", "", "ONE"}) {
      assertThatThrownBy(() -> Recipes.of(home).read(name))
          .as(name)
          .isInstanceOf(RoundelException.class);
    }
  }

  @Test
  void withoutAnInstallationThereAreNone() {
    assertThat(Recipes.of(null).names()).isEmpty();
    assertThat(Recipes.of(home).names()).isEmpty();
  }

  @Test
  void anUnknownNameIsToldTheNearestAndAll() throws IOException {
    write("net-20-1bit-126.yaml", "epochs: 126\n");
    write("net-20-1bit-30.yaml", "epochs: 30\n");
    Outcome outcome = run("train", "--recipe", "net-20-1bt-30");
    assertThat(outcome.exitCode()).isEqualTo(3);
    Golden.assertGolden("recipe-unknown", outcome.err());
  }

  @Test
  void whereThereAreNoneItIsSaid() throws IOException {
    Outcome outcome = run("train", "--recipe", "net-20-1bit-30");
    assertThat(outcome.exitCode()).isEqualTo(3);
    Golden.assertGolden("recipe-none", outcome.err());
  }

  @Test
  void describeShowsTheWholeFile() throws IOException {
    write("net-20-1bit-30.yaml", "# What it is.\nepochs: 30\n");
    assertThat(run("describe", "net-20-1bit-30").out()).isEqualTo("# What it is.\nepochs: 30\n");
    assertThat(run("describe", "net-20").out()).contains("net-DEPTH");
  }

  @Test
  void listShowsTheNames() throws IOException {
    write("net-20-1bit-30.yaml", "epochs: 30\n");
    assertThat(run("list").out()).endsWith("\nrecipes, for train --recipe\n  net-20-1bit-30\n");
    assertThat(run("list", "model").out()).doesNotContain("recipe");
    assertThat(run("list", "--json").out()).doesNotContain("recipe");
  }
}
