package org.roundel.datasets.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * What is in a directory and below it, near things first; a look that is bounded, so that it may be
 * taken anywhere.
 *
 * @param directories the directory itself and those below it
 * @param files the files in them
 */
public record Surroundings(List<Path> directories, List<Path> files) {
  private static final int MOST_ENTRIES = 4000;

  /** Returns what is there down to a depth, 1 for the directory's own entries only. */
  public static Surroundings of(Path root, int depth) {
    List<Path> directories = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    Deque<Path> open = new ArrayDeque<>();
    if (Files.isDirectory(root)) {
      open.add(root);
    }
    int left = MOST_ENTRIES;
    for (Path next = open.poll(); next != null; next = open.poll()) {
      directories.add(next);
      if (next.getNameCount() - root.getNameCount() < depth) {
        List<Path> entries = entries(next, left);
        left -= entries.size();
        for (Path entry : entries) {
          if (Files.isDirectory(entry)) {
            open.add(entry);
          } else {
            files.add(entry);
          }
        }
      }
    }
    return new Surroundings(directories, files);
  }

  /** Returns directories and files. */
  List<Path> all() {
    List<Path> all = new ArrayList<>(directories);
    all.addAll(files);
    return all;
  }

  private static List<Path> entries(Path directory, int most) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        if (entries.size() == most) {
          break;
        }
        entries.add(entry);
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // What cannot be looked into gives no hint.
      return List.of();
    }
    Collections.sort(entries);
    return entries;
  }
}
