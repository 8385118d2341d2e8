package org.roundel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A megabyte for every reader, and a quarter and a 128th of it, since some read no more: a fuzzer's
 * inputs are short, and what takes the square of the length shows with long ones. Each kept input
 * is blown up at several places, by one piece of it that is repeated until the whole is as long.
 */
@Tag("thorough")
class LargeInputTest {
  private static final int[] LENGTHS = {1 << 13, 1 << 18, 1 << 20};
  private static final int PLACES = 8;
  private static final int[] PIECES = {1, 2, 5, 12, 30};
  private static final String SUFFIX = "FuzzTest.java";
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path INPUTS = Path.of("src/test/resources");

  @TestFactory
  Stream<DynamicTest> everyReaderReadsAMegabyte() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      sources = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    assertThat(sources).hasSizeGreaterThan(15);
    return sources.stream()
        .map(source -> DynamicTest.dynamicTest(name(source), () -> read(name(source))));
  }

  private static String name(Path source) {
    String path = SOURCES.relativize(source).toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }

  private static void read(String className) throws Exception {
    Class<?> type = Class.forName(className);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object test = constructor.newInstance();
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(FuzzTest.class)) {
        method.setAccessible(true);
        for (byte[] input : large(type, method)) {
          method.invoke(test, input);
        }
      }
    }
  }

  private static List<byte[]> large(Class<?> type, Method method) throws IOException {
    Path inputs =
        INPUTS.resolve(type.getName().replace('.', '/') + "Inputs").resolve(method.getName());
    List<Path> kept;
    try (Stream<Path> files = Files.list(inputs)) {
      kept = files.sorted().toList();
    }
    assertThat(kept).as("kept inputs of %s", type).isNotEmpty();
    List<byte[]> large = new ArrayList<>();
    for (Path file : kept) {
      byte[] input = Files.readAllBytes(file);
      for (int place = 0; place < PLACES && input.length > 0; place++) {
        int begin = (int) ((long) input.length * place / PLACES);
        for (int piece : PIECES) {
          for (int length : LENGTHS) {
            large.add(blownUp(input, begin, Math.min(piece, input.length - begin), length));
          }
        }
      }
    }
    return large;
  }

  private static byte[] blownUp(byte[] input, int begin, int piece, int length) {
    if (input.length >= length) {
      return input;
    }
    byte[] output = Arrays.copyOf(input, length);
    int more = length - input.length;
    for (int index = 0; index < more; index++) {
      output[begin + index] = input[begin + index % piece];
    }
    System.arraycopy(input, begin, output, begin + more, input.length - begin);
    return output;
  }
}
