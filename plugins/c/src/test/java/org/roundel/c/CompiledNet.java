package org.roundel.c;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A net that was exported as C, compiled by the machine's gcc; for tests. Where there is no
 * compiler, a test that asks for one is skipped; with {@code -Dcompiler=required} it fails.
 */
public final class CompiledNet {
  /** Before each image the workspace is not a number anywhere. */
  private static final String PROGRAM =
      """
      #include <stdio.h>
      #include <string.h>
      #include "net.out"
      static PIXEL image[NET_INPUTS];
      static float scores[NET_CLASSES];
      static float workspace[NET_WORKSPACE];
      int main(void) {
        while (fread(image, sizeof image, 1, stdin) == 1) {
          memset(workspace, 0xFF, sizeof workspace);
          net_scores(image, scores, workspace);
          if (fwrite(scores, sizeof scores, 1, stdout) != 1) {
            return 1;
          }
        }
        return 0;
      }
      """;

  private final Path directory;

  private CompiledNet(Path directory) {
    this.directory = directory;
  }

  /**
   * Compiles a net into a program.
   *
   * @param files what {@link org.roundel.kit.exporter.MemoryFiles#write} returned
   * @param pixel the C type of a pixel
   * @param directory where all files go
   * @param flags of the compiler
   */
  public static CompiledNet compile(
      Map<String, byte[]> files, String pixel, Path directory, List<String> flags)
      throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(directory.resolve("main.c"), PROGRAM);
    List<String> command = new ArrayList<>(List.of("gcc", "-DPIXEL=" + pixel));
    command.addAll(flags);
    command.addAll(List.of("main.c", "-o", "net", "-lm"));
    run(directory, command);
    return new CompiledNet(directory);
  }

  /**
   * Computes the scores of images.
   *
   * @param images one after the other, numbers in the machine's byte order
   * @return the scores of one image after those of the one before
   */
  public float[] scores(byte[] images) throws IOException {
    Path input = Files.write(directory.resolve("images"), images);
    Path output = directory.resolve("scores");
    int exitCode =
        exitCode(
            new ProcessBuilder(directory.resolve("net").toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    if (exitCode != 0) {
      throw new AssertionError("the net in " + directory + " ended with " + exitCode);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.nativeOrder());
    float[] scores = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(scores);
    return scores;
  }

  /**
   * Runs a compiler, what comes with one, or what it made.
   *
   * @return what it printed
   * @throws AssertionError if it fails
   */
  public static String run(Path directory, List<String> command) throws IOException {
    if (!Path.of(command.get(0)).isAbsolute()) {
      require(command.get(0));
    }
    Path output = directory.resolve("compiler.txt");
    int exitCode =
        exitCode(
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()));
    String printed = Files.readString(output);
    if (exitCode != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + printed);
    }
    return printed;
  }

  /** Skips a test, or fails it, where a program is missing. */
  public static void require(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return;
      }
    }
    String missing = "No " + program + " on the PATH. Install it: apt-get install g++";
    if ("required".equals(System.getProperty("compiler"))) {
      throw new AssertionError(missing);
    }
    Assumptions.abort(missing);
  }

  private static int exitCode(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + builder.command() + " ran");
    }
  }
}
