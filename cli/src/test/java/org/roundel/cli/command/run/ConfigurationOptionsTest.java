package org.roundel.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ConfigurationOptionsTest {
  @TempDir private Path directory;

  @Test
  void letsTheLaterSourceWin() throws IOException {
    Path file = directory.resolve("run.yaml");
    Files.writeString(file, "epochs: 7\nseed: 7\nmodel: vgg-9\nquantizer.delta: 0.5\n");
    RunConfiguration configuration =
        parse(
            "--config", file.toString(), "--seed=8", "--model=vgg-bc", "--set", "model=resnet-20");
    assertThat(configuration.get(RunSettings.BATCH_SIZE)).isEqualTo(32);
    assertThat(configuration.get(RunSettings.EPOCHS)).isEqualTo(7);
    assertThat(configuration.get(RunSettings.SEED)).isEqualTo(8);
    assertThat(configuration.get(RunSettings.MODEL)).isEqualTo("resnet-20");
    assertThat(configuration.componentOptions(RunSettings.QUANTIZER))
        .isEqualTo(Map.of("delta", "0.5"));
  }

  @Test
  void readsAnotherRunsRecordByItsFileOrItsDirectory() throws IOException {
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(manifest, "{\"configuration\": {\"seed\": \"7\"}}");
    assertThat(parse("--from", manifest.toString()).get(RunSettings.SEED)).isEqualTo(7);
    assertThat(parse("--from", directory.toString()).get(RunSettings.SEED)).isEqualTo(7);
  }

  @Test
  void whatIsWrittenOnTheLineWinsOverARecipe() throws IOException {
    Path recipes = Files.createDirectories(directory.resolve(Recipes.PLACE));
    Files.writeString(
        recipes.resolve("quick.yaml"), "# Of a test.\nepochs: 7\nseed: 7\nbatch-size: 8\n");
    RunConfiguration configuration = parse("--recipe=quick", "--seed=8", "--set", "batch-size=4");
    assertThat(configuration.get(RunSettings.EPOCHS)).isEqualTo(7);
    assertThat(configuration.get(RunSettings.SEED)).isEqualTo(8);
    assertThat(configuration.get(RunSettings.BATCH_SIZE)).isEqualTo(4);
  }

  @Test
  void keepsWhatFollowsTheFirstEqualsSign() {
    assertThat(parse("--set", "dataset.path= a=b ").componentOptions(RunSettings.DATASET))
        .isEqualTo(Map.of("path", "a=b"));
  }

  @Test
  void namesRunsByTimeModelAndQuantizer() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-31T15:45:00Z"), ZoneOffset.UTC);
    RunConfiguration configuration = parse("--model", "resnet-20", "--quantizer", "none");
    assertThat(RunDirectoryNames.name(configuration, clock))
        .isEqualTo("20260131-154500-resnet-20-none");
    RunConfiguration evil = parse("--model", "../../x");
    assertThat(RunDirectoryNames.name(evil, clock)).doesNotContain("/", ".");
  }

  private RunConfiguration parse(String... arguments) {
    Holder holder = new Holder();
    CommandLine command = new CommandLine(holder);
    SettingOptions.addTo(command.getCommandSpec(), RunSettings.ALL);
    command.parseArgs(arguments);
    return RunConfiguration.of(holder.options.given(command, directory));
  }

  @Command
  private static final class Holder {
    @Mixin private ConfigurationOptions options = new ConfigurationOptions();
  }
}
