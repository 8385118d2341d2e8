package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;

class FreshDirectoryTest {
  @TempDir private Path directory;

  @Test
  void countsOnWhereTheNameIsTaken() throws Exception {
    Path parent = directory.resolve("runs/here");
    assertThat(FreshDirectory.make(parent, "x")).isEqualTo(parent.resolve("x")).isDirectory();
    Files.writeString(parent.resolve("x-2"), "a file of the user");
    assertThat(FreshDirectory.make(parent, "x")).isEqualTo(parent.resolve("x-3")).isDirectory();
  }

  @Test
  void noTwoThatAskAtOnceGetTheSame() throws Exception {
    int askers = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      List<Future<Path>> made =
          IntStream.range(0, askers)
              .mapToObj(
                  asker ->
                      threads.submit(
                          () -> {
                            start.await();
                            return FreshDirectory.make(directory, "x");
                          }))
              .toList();
      start.countDown();
      List<Path> paths = new ArrayList<>();
      for (Future<Path> path : made) {
        paths.add(path.get());
      }
      assertThat(paths).doesNotHaveDuplicates().hasSize(askers);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void saysWhereItCannotBeMade() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> FreshDirectory.make(file, "x"))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("the directory " + file.resolve("x") + " cannot be made: ")
        .hasMessageContaining(file + " is a file, not a directory");
  }
}
