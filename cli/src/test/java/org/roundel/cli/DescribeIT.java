package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;

/** Descriptions of what the packaged plugins offer. */
class DescribeIT {
  @Test
  void everyDescriptionFitsIntoEightyColumns() {
    InProcess roundel = InProcess.installedIn(Installation.packaged());
    List<String> names;
    try (PluginRegistry registry = PluginLoader.load(Installation.packaged().resolve("plugins"))) {
      names = registry.components().stream().map(ComponentDescriptor::exampleName).toList();
    }
    assertThat(names).hasSizeGreaterThan(20);
    for (String name : names) {
      assertThat(roundel.run("describe", name).out().lines())
          .as(name)
          .hasSizeGreaterThan(3)
          .allMatch(line -> line.length() <= 80);
    }
    assertThat(roundel.run("describe", "cifar-10").out())
        .endsWith("Get: roundel data fetch cifar-10\nUse: roundel train --dataset cifar-10\n");
    assertThat(roundel.run("describe", "image-folder").out())
        .endsWith("Use: roundel train --dataset image-folder --data-dir DIR\n");
  }
}
