package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The start script, as strangers call it: it starts Java, or says in one sentence why not. */
class LauncherIT extends OwnInstallation {
  /** What a shell, Java's class path and a URL would each read in their own way. */
  private static final String ODD_NAME = "-jürgen's \"50%20\" $HOME wow!x\n";

  private static final int CONFIGURATION = 3;

  @Override
  protected Path place() throws IOException {
    return Files.createDirectory(directory.resolve(ODD_NAME));
  }

  /** Everything that is unusual about a call in one start, in the environment of a cron job. */
  @Test
  void startsFromAnywhere() throws Exception {
    Files.createDirectories(directory.resolve("trap/installation/bin"));
    Files.createSymbolicLink(roundel.home().resolveSibling("link"), Path.of("installation/bin"));
    Outcome outcome =
        shell(
            "exec env -i PATH=\"$PATH\" JAVA_HOME=\"$JAVA_HOME\" LC_ALL=C CDPATH=\"$PWD/trap:$PWD\""
                + " JAVA_TOOL_OPTIONS=-XX:+UseG1GC ROUNDEL_OPTS='-Dstar=* -Xlog:disable'"
                + " \"$NAME/link/roundel\" list optimizer --long");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("roundel-optimizers.jar");
    assertThat(outcome.err()).isEqualTo("Picked up JAVA_TOOL_OPTIONS: -XX:+UseG1GC\n");

    // A relative call that CDPATH would lead astray; and bash, which complains of locales.
    outcome =
        shell(
            "cd \"./$NAME\"; LC_ALL=C CDPATH=\"$OLDPWD/trap\""
                + " exec $(command -v bash || echo sh) installation/bin/roundel --version");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).startsWith("roundel 0.1.0\n");
    assertThat(outcome.err()).isEmpty();
  }

  /** What Java is started with, told by one that only says so. */
  @Test
  void givesHalfOfTheMemoryToAnyCollectorAndTellsTheLocale() throws Exception {
    Path java = Files.createDirectories(directory.resolve("echo/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        case "$*" in
          *-version) echo 'openjdk version "17"' ;;
          *) printf '%s\\n' "$@" ;;
        esac
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    String half = "-XX:MaxRAMPercentage=50";
    String serial = "-XX:+UseSerialGC";
    String pointers = "-XX:+UseCompressedOops";
    assertThat(options("")).contains(half, serial, pointers, "-Droundel.locale=C");
    assertThat(options("-XX:+UseStringDeduplication -XX:+PrintGC")).contains(half, serial);
    assertThat(options("-XX:+UseParallelGC")).contains(half).doesNotContain(serial, pointers);
    assertThat(options("-Xmx300m")).contains(serial).doesNotContain(half, pointers);
  }

  /** Calls the script in a directory that only the system knows, unless all may search it. */
  private List<String> options(String given) throws IOException, InterruptedException {
    Outcome outcome =
        shell(
            "R=\"$PWD/$NAME/installation/bin/roundel\" J=$PWD/echo; mkdir -p closed/work;"
                + " cd -P closed/work; chmod 600 ..; LC_ALL=C JAVA_HOME=$J ROUNDEL_OPTS='"
                + given
                + "' \"$R\" list; code=$?; chmod 700 ..; exit $code");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    return outcome.out().lines().toList();
  }

  /** A training where every name has an umlaut, by somebody who writes numbers in other digits. */
  @Test
  void trainsInACronJobWhateverTheNamesAre() throws Exception {
    for (String split : List.of("train", "val")) {
      for (String kind : List.of("café", "日本")) {
        Path folder = Files.createDirectories(directory.resolve("wörk/dätä/" + split + "/" + kind));
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("ö.png").toFile());
      }
    }
    Files.move(
        roundel.plugins().resolve("roundel-resnet.jar"), roundel.plugins().resolve("réseau!.jar"));
    Outcome outcome =
        shell(
            "cd wörk; exec env -i PATH=\"$PATH\" JAVA_HOME=\"$JAVA_HOME\" OMP_NUM_THREADS=1"
                + " ROUNDEL_OPTS='-Duser.language=ar -Duser.country=EG'"
                + " \"../$NAME/installation/bin/roundel\" train --dataset image-folder"
                + " --data-dir dätä --set dataset.image-size=8 --set dataset.resize=8"
                + " --model resnet-8 --batch-size 2 --epochs 1 --run-dir läuf");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("läuf");
    Path run = directory.resolve("wörk/läuf");
    assertThat(run.resolve("checkpoints/step-000000001/weights.safetensors")).isNotEmptyFile();
    assertThat(Files.readString(run.resolve("manifest.json"))).contains("réseau!.jar");
  }

  @Test
  void refusesWhatJavaCannotStartWith() throws Exception {
    refused("java-options", "ROUNDEL_OPTS=-XX:+UseG1GC JAVA_TOOL_OPTIONS=-XX:+UseParallelGC $R");
    refused("java-unknown-option", "ROUNDEL_OPTS='-Xmx300m -Xfoo' $R");
    refused("java-option-in-limit", "ulimit -v 8000000; ROUNDEL_OPTS=-XX:+Foo $R");
    // What a password is part of is not told, wherever Java takes it for something else.
    for (String options :
        List.of(
            "-Xfoo -Dspark.authenticate.secret=s3cret",
            "--Dspark.authenticate.secret=s3cret",
            "-Dspark.authenticate.secret=my s3cret")) {
      assertThat(message("ROUNDEL_OPTS='" + options + "' $R"))
          .startsWith("roundel: Java does not start with the options in ROUNDEL_OPTS: ")
          .doesNotContain("s3cret")
          .hasLineCount(1);
    }
    assertThat(message("JAVA_TOOL_OPTIONS='-Da=b\n-Dpassword=s3cret -Xfoo' $R"))
        .isEqualTo(
            "roundel: Java does not start with the options in JAVA_TOOL_OPTIONS: Unrecognized"
                + " option: -Xfoo. Correct that, or unset it.\n");
    refused("java-home", "JAVA_HOME='/no java' $R");
    refused("open-files", "ulimit -n 40; $R");
    // Java's own words about it differ between machines.
    String space = message("ulimit -v 2500000; $R");
    assertThat(space)
        .startsWith("roundel: this shell allows 2500000 KB of address space (ulimit -v), too ")
        .hasLineCount(1);
  }

  @Test
  void refusesPlacesThatJavaCannotUse() throws Exception {
    // The shell itself says something first.
    assertThat(
            message(
                "mkdir gone; cd gone; rmdir ../gone;"
                    + " \"$OLDPWD/$NAME/installation/bin/roundel\" list"))
        .endsWith(
            "roundel: the working directory is gone, it was deleted or renamed. Go to another one"
                + " and start again.\n");
    refused("name-colon", "mv \"./$NAME\" a:b; a:b/installation/bin/roundel --version");
    refused("name-mark", "mv a:b 'wow!'; 'wow!/installation/bin/roundel' --version");
    refused("script-alone", "mkdir bin; cp wow!/installation/bin/roundel bin; bin/roundel");
    // A system without any UTF-8 locale, as far as the script can ask.
    Path locale = directory.resolve("bin/locale");
    Files.writeString(locale, "#!/bin/sh\necho ANSI_X3.4-1968\n");
    Files.setPosixFilePermissions(locale, PosixFilePermissions.fromString("rwxr-xr-x"));
    refused(
        "name-locale",
        "mv wow! jürgen; LC_ALL=C PATH=\"$PWD/bin:$PATH\" jürgen/installation/bin/roundel list");
    refused(
        "locale",
        // Not linked: where the checkout is may have an umlaut too.
        "mv jürgen plain; mv plain/installation/lib link; cp -RL link plain/installation/lib;"
            + " LC_ALL=C PATH=\"$PWD/bin:$PATH\""
            + " plain/installation/bin/roundel list --plugins dätä");
    // Bytes of a name in Latin 1.
    refused("name-lost", "plain/installation/bin/roundel list --plugins \"$(printf 'caf\\351')\"");
    shell("rm -r plain/installation/lib; mv link plain/installation/lib; mv plain \"./$NAME\"");
  }

  private void refused(String golden, String script) throws Exception {
    Golden.assertGolden("launcher-" + golden, message(script));
  }

  private String message(String script) throws IOException, InterruptedException {
    Outcome outcome = shell(script.replace("$R", "\"./$NAME/installation/bin/roundel\" --version"));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(CONFIGURATION);
    assertThat(outcome.out()).isEmpty();
    return outcome.err().replace(directory.toRealPath().toString(), "DIR");
  }

  /** Runs a script in the directory where the installation lies below {@code $NAME}. */
  private Outcome shell(String script) throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(Map.of("NAME", ODD_NAME, "LC_ALL", "C.UTF-8"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ROUNDEL_OPTS");
    int exitCode = builder.start().waitFor();
    return new Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
