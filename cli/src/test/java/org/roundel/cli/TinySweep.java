package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A sweep over seeds of {@link Installation#TINY_RUN}, each cell with 24 updates an epoch. */
final class TinySweep {
  private TinySweep() {}

  /** Writes the sweep file. */
  static Path write(Path file, int seeds, int epochs) throws IOException {
    StringBuilder text = new StringBuilder("base:\n");
    for (String argument : Installation.TINY_RUN) {
      String setting = argument.replaceFirst("^--(set=)?", "");
      String key = setting.substring(0, setting.indexOf('='));
      String value = key.equals("epochs") ? "" + epochs : setting.substring(key.length() + 1);
      text.append("  ").append(key).append(": ").append(value).append('\n');
    }
    text.append("  quantizer: stochastic-rounding\n  threads: 1\nseeds: 1..").append(seeds);
    text.append("\nname: 'seed-{seed}'\n");
    return Files.writeString(file, text);
  }

  /** Makes the sweep {@code s}. */
  static void make(Installation roundel, int seeds, int epochs) throws Exception {
    write(roundel.work().resolve("sweep.yaml"), seeds, epochs);
    Outcome made = roundel.run("sweep", "sweep.yaml", "--out", "s");
    assertThat(made.exitCode()).as("%s", made).isZero();
  }

  /** Asserts that a cell has the bytes of a run of its own. */
  static void assertBytesOfTraining(Installation roundel, int seed, int epochs) throws Exception {
    Outcome plain =
        roundel.train(
            "--quantizer=stochastic-rounding",
            "--threads=1",
            "--seed=" + seed,
            "--set=epochs=" + epochs,
            "--run-dir=plain-" + seed);
    assertThat(plain.exitCode()).as("%s", plain).isZero();
    String last =
        String.format(Locale.ROOT, "checkpoints/step-%09d/weights.safetensors", 24 * epochs);
    assertThat(run(roundel, seed).resolve(last))
        .hasSameBinaryContentAs(roundel.work().resolve("plain-" + seed).resolve(last));
    assertThat(Files.readAllLines(run(roundel, seed).resolve("history.jsonl"))).hasSize(epochs);
  }

  /** Returns the run of a cell. */
  static Path run(Installation roundel, int seed) {
    return roundel.work().resolve("s/runs/seed-" + seed);
  }
}
