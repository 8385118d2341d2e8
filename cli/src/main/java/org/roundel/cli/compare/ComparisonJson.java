package org.roundel.cli.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.roundel.core.ship.PackedSize;
import org.roundel.reproduce.experiment.Sample;

/** A comparison as JSON: shares from 0 to 1, sizes in bytes. */
final class ComparisonJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ComparisonJson() {}

  /** Returns one object, on lines of its own, with a line's end. */
  static String of(
      List<NamedRun> runs, RunSizes sizes, List<UnreadableRun> unreadable, Path report) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("runs");
    runs.forEach(run -> all.add(run(run, sizes)));
    ArrayNode groups = root.putArray("seed_groups");
    SeedGroup.of(runs).forEach(group -> groups.add(group(group)));
    ArrayNode left = root.putArray("unreadable");
    unreadable.forEach(run -> left.addObject().put("name", run.name()).put("reason", run.fault()));
    root.put("report", report.toString());
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode run(NamedRun run, RunSizes sizes) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", run.name())
        .put("directory", run.path().toAbsolutePath().normalize().toString());
    node.put("state", run.state()).put("epochs", run.epochs().size());
    node.put("epochs_planned", run.planned());
    RunEpoch best = run.best();
    RunEpoch last = run.last();
    if (best != null && last != null) {
      node.put("best_" + run.images() + "_error", best.testError()).put("best_epoch", best.epoch());
      node.put("last_" + run.images() + "_error", last.testError());
    }
    if (run.test() != null) {
      node.put("test_error", run.test().test().error());
    }
    PackedSize size = sizes.of(run);
    if (size != null) {
      node.put("numbers", size.numbers()).put("packed_bytes", size.bytes());
    }
    ObjectNode settings = node.putObject("settings");
    run.configuration().resolved().forEach(settings::put);
    return node;
  }

  private static ObjectNode group(SeedGroup group) {
    ObjectNode node = JSON.createObjectNode();
    group.names().forEach(node.putArray("runs")::add);
    ArrayNode seeds = node.putArray("seeds");
    group.runs().forEach(run -> seeds.add(SeedGroup.seed(run)));
    put(node, "best_" + group.images() + "_error", group.best());
    put(node, "last_" + group.images() + "_error", group.last());
    if (group.images() == Images.VALIDATION) {
      put(node, "test_error", group.tested());
    }
    return node;
  }

  private static void put(ObjectNode node, String name, Sample errors) {
    node.putObject(name).put("mean", errors.mean()).put("deviation", errors.standardDeviation());
  }
}
