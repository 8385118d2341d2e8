package org.roundel.cli.crash;

import java.util.List;

/**
 * A moment in which a program can be killed: an operation on a file.
 *
 * @param name for people
 * @param operation its kind, as the library in C calls it
 * @param files a pattern of the file's path
 * @param text what is written at that moment, in part; empty for anything
 * @param most how many such operations a tiny run has, at least
 */
record Moment(String name, String operation, String files, String text, int most) {
  /** Those of a training, from its start to its end. */
  static final List<Moment> OF_A_TRAINING =
      List.of(
          new Moment("lock", "create", "*/.lock", 1),
          new Moment("manifest: write", "write", "*/.manifest.json.*tmp", 1),
          new Moment("manifest: rename", "rename", "*/manifest.json", 1),
          new Moment("configuration: rename", "rename", "*/config.yaml", 1),
          new Moment("history: begin", "create", "*/history.jsonl", 1),
          printing("preparation of data", "\"part\":\"data\"", 1),
          printing("preparation of the net", "\"part\":\"net\"", 1),
          printing("first moment of the training", "\"run-started\"", 1),
          printing("update", "\"step-completed\"", 6),
          new Moment("checkpoint: directory", "mkdir", "*/.writing-step-*", 3),
          new Moment("checkpoint: write of tensors", "write", "*/.writing-*.safetensors", 12),
          new Moment("checkpoint: write of state", "write", "*/.writing-*/state.json", 3),
          new Moment("checkpoint: write of checksums", "write", "*/.writing-*/SHA256SUMS", 3),
          new Moment("checkpoint: sync", "sync", "*/.writing-*", 12),
          new Moment("checkpoint: rename", "rename", "*/checkpoints/step-*", 3),
          new Moment("checkpoint: sync of the name", "sync", "*/checkpoints", 3),
          new Moment("old checkpoint: rename", "rename", "*/.deleting-step-*", 1),
          new Moment("old checkpoint: removal", "delete", "*/.deleting-step-*", 5),
          new Moment("best: change", "write", "*/.writing-*/best", 1),
          printing("evaluation: begin", "\"evaluation-started\"", 2),
          printing("evaluation: end", "\"evaluation-completed\"", 2),
          new Moment("history: append", "write", "*/history.jsonl", 2),
          new Moment("history: sync", "sync", "*/history.jsonl", 2),
          new Moment("log: append", "write", "*/log.txt", 2),
          new Moment("report: write", "write", "*/.report.html.*tmp", 1),
          new Moment("report: rename", "rename", "*/report.html", 1));

  /** Those that only a run has which goes on from a checkpoint. */
  static final List<Moment> OF_GOING_ON =
      List.of(
          printing("going on: preparation", "\"part\":\"checkpoint\"", 1),
          new Moment("going on: a half-written checkpoint's removal", "delete", "*/.writing-*", 1),
          new Moment("going on: cut of the history", "truncate", "*/history.jsonl", 1),
          new Moment("going on: manifest", "rename", "*/manifest.json", 1));

  Moment(String name, String operation, String files, int most) {
    this(name, operation, files, "", most);
  }

  /** What a program tells as JSON, at once when it happens. */
  private static Moment printing(String name, String text, int most) {
    return new Moment(name, "write", "*/out-*.txt", text, most);
  }
}
