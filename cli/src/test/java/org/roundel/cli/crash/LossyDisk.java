package org.roundel.cli.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.roundel.cli.crash.FileLog.Operation;

/**
 * A file system in memory that keeps apart what a program has done and what a power cut would
 * leave: of a file what was synchronized, of a directory the names that it had when it was
 * synchronized, and perhaps the first of the changes after that, in their order.
 */
final class LossyDisk {
  /** What a power cut takes. */
  enum Loss {
    /** Only the program ends. */
    NOTHING("nothing lost"),
    /** Names and content. */
    UNSYNCHRONIZED("lost: all that was not synchronized"),
    /** The names are on the disk. */
    CONTENT("lost: content that was not synchronized"),
    /** Of every directory and file some of it, as it happens. */
    SOME("lost: some of what was not synchronized");

    private final String words;

    Loss(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** A file or directory. */
  private static final class Node {
    private byte[] content = new byte[0];
    private byte[] kept = content;
    private final Map<String, Node> entries = new TreeMap<>();
    private final Map<String, Node> keptEntries = new TreeMap<>();

    /** Changes of names since they were synchronized, one after the other. */
    private final List<Map<String, Node>> changes = new ArrayList<>();

    private final boolean directory;

    Node(boolean directory) {
      this.directory = directory;
    }

    /** A node of null is a name that is gone. */
    private static void change(Map<String, Node> entries, Map<String, Node> change) {
      for (Map.Entry<String, Node> entry : change.entrySet()) {
        if (entry.getValue() == null) {
          entries.remove(entry.getKey());
        } else {
          entries.put(entry.getKey(), entry.getValue());
        }
      }
    }

    void change(Map<String, Node> change) {
      change(entries, change);
      changes.add(change);
    }

    void sync() {
      kept = content;
      changes.forEach(change -> change(keptEntries, change));
      changes.clear();
    }
  }

  private final Path root;
  private final Node top = new Node(true);
  private final Map<Long, Node> open = new HashMap<>();

  /** Makes one that is empty. */
  LossyDisk(Path root) {
    this.root = root;
  }

  /** Does what a program did. */
  void apply(Operation operation) {
    Path path = root.relativize(Path.of(operation.path()));
    switch (operation.kind()) {
      case "open", "create" -> open(operation, path);
      case "write" -> write(open.get(operation.file()), operation);
      case "truncate" -> {
        Node file = open.get(operation.file());
        file.content = Arrays.copyOf(file.content, (int) operation.argument());
      }
      case "sync" -> open.get(operation.file()).sync();
      case "mkdir" -> parent(path).change(named(path, new Node(true)));
      case "delete" -> parent(path).change(named(path, null));
      case "rename" -> {
        Path renamed = root.relativize(Path.of(operation.renamed()));
        Map<String, Node> change = named(renamed, node(path));
        if (!renamed.equals(path)) {
          if (parent(path) != parent(renamed)) {
            throw new IllegalArgumentException("between directories: " + operation);
          }
          change.put(path.getFileName().toString(), null);
        }
        parent(path).change(change);
      }
      default -> throw new IllegalArgumentException(operation.toString());
    }
  }

  private static Map<String, Node> named(Path path, Node node) {
    Map<String, Node> change = new HashMap<>();
    change.put(path.getFileName().toString(), node);
    return change;
  }

  private void open(Operation operation, Path path) {
    Node node = path.toString().isEmpty() ? top : parent(path).entries.get(name(path));
    if (node == null) {
      node = new Node(false);
      parent(path).change(named(path, node));
    } else if (operation.argument() != 0) {
      node.content = new byte[0];
    }
    open.put(operation.file(), node);
  }

  private static void write(Node file, Operation operation) {
    int begin = (int) operation.argument();
    int end = begin + operation.bytes().length;
    byte[] content = Arrays.copyOf(file.content, Math.max(end, file.content.length));
    System.arraycopy(operation.bytes(), 0, content, begin, operation.bytes().length);
    file.content = content;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private Node node(Path path) {
    return parent(path).entries.get(name(path));
  }

  private Node parent(Path path) {
    Node node = top;
    for (int index = 0; index < path.getNameCount() - 1; index++) {
      node = node.entries.get(path.getName(index).toString());
    }
    return node;
  }

  /**
   * Writes what is left after a power cut into a directory of the real disk.
   *
   * @param random decides where some is lost
   */
  void writeTo(Path directory, Loss loss, Random random) throws IOException {
    write(top, directory, loss, random);
  }

  private static void write(Node node, Path path, Loss loss, Random random) throws IOException {
    if (!node.directory) {
      Files.write(path, content(node, loss, random));
      return;
    }
    Files.createDirectories(path);
    for (Map.Entry<String, Node> entry : entries(node, loss, random).entrySet()) {
      write(entry.getValue(), path.resolve(entry.getKey()), loss, random);
    }
  }

  private static byte[] content(Node file, Loss loss, Random random) {
    return switch (loss) {
      case NOTHING -> file.content;
      case UNSYNCHRONIZED, CONTENT -> file.kept;
      case SOME -> {
        int least = Math.min(file.kept.length, file.content.length);
        int length = least + random.nextInt(file.content.length - least + 1);
        yield random.nextBoolean() ? file.kept : Arrays.copyOf(file.content, length);
      }
    };
  }

  private static Map<String, Node> entries(Node directory, Loss loss, Random random) {
    int changes =
        switch (loss) {
          case NOTHING, CONTENT -> directory.changes.size();
          case UNSYNCHRONIZED -> 0;
          case SOME -> random.nextInt(directory.changes.size() + 1);
        };
    Map<String, Node> entries = new TreeMap<>(directory.keptEntries);
    directory.changes.subList(0, changes).forEach(change -> Node.change(entries, change));
    return entries;
  }
}
