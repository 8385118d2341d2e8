package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.InProcess;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;

/** The convex experiment on the images that come with the program. */
class ConvexIT {
  @TempDir private Path directory;

  @Test
  void runsOnTheProgramsOwnImages() throws IOException {
    Outcome outcome =
        InProcess.installedIn(Installation.packaged())
            .run(
                "reproduce",
                "convex",
                "--seeds=2",
                "--steps=1000",
                "--delta=0.5,0.25",
                "--dimension=4,8",
                "--noise=1,2",
                "--out=" + directory);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("images: SR stops at a floor").contains("report.html");
    assertThat(Files.readString(directory.resolve("convex/report.html")))
        // 1,000 training images of each of ten classes.
        .contains("2000 training images of the classes T-shirt/top and Shirt", "d = 50");
    assertThat(directory.resolve("convex/results.csv")).isNotEmptyFile();
  }
}
