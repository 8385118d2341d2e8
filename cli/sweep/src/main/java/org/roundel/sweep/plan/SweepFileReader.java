package org.roundel.sweep.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunSettings;
import org.roundel.core.config.YamlNode;

/** Reads sweep files. */
final class SweepFileReader {
  private static final List<String> SECTIONS =
      List.of("base", "grid", "list", "seeds", "exclude", "name");

  private final Path file;
  private final Function<String, Map<String, String>> recipes;
  private final SweepProblems problems;
  private final SettingsReader settings;

  /**
   * Makes one.
   *
   * @param recipes returns the settings of a recipe, by name
   */
  SweepFileReader(
      Path file, Function<String, Map<String, String>> recipes, SweepProblems problems) {
    this.file = file;
    this.recipes = recipes;
    this.problems = problems;
    this.settings = new SettingsReader(problems);
  }

  /**
   * Reads the file; what is wrong is added to the problems.
   *
   * @throws RoundelException if it cannot be read, or is no YAML
   */
  SweepFile read() {
    Map<String, YamlNode.Entry> sections = ConfigurationFile.readTree(file).entries();
    sections.forEach(
        (key, entry) -> {
          if (!SECTIONS.contains(key)) {
            problems.addUnknown(entry.line(), key, SECTIONS);
          }
        });
    Map<String, String> base = base(value(sections, "base"));
    YamlNode gridNode = value(sections, "grid");
    Map<String, List<String>> grid = gridNode == null ? Map.of() : settings.grid(gridNode);
    List<Map<String, String>> list = list(value(sections, "list"));
    List<String> seeds = new SeedsReader(problems).read(value(sections, "seeds"));
    List<SweepFile.Exclusion> exclusions = exclusions(value(sections, "exclude"));
    YamlNode name = value(sections, "name");
    checkOnce(sections, grid, list, seeds);
    return new SweepFile(base, grid, list, seeds, exclusions, name(name));
  }

  private static @Nullable YamlNode value(Map<String, YamlNode.Entry> sections, String key) {
    YamlNode.Entry entry = sections.get(key);
    return entry == null ? null : entry.value();
  }

  private Map<String, String> base(@Nullable YamlNode node) {
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof YamlNode.Text text)) {
      return settings.settings(node, "base");
    }
    try {
      return named(text.text());
    } catch (RoundelException unreadable) {
      problems.add(node.line(), "base: " + unreadable.getMessage());
      return Map.of();
    }
  }

  /** A path beside the sweep file, or a recipe's name, which has no ending. */
  private Map<String, String> named(String base) {
    return base.contains("/") || base.endsWith(".yaml") || base.endsWith(".yml")
        ? ConfigurationFile.readYaml(file.resolveSibling(base))
        : recipes.apply(base);
  }

  private List<Map<String, String>> list(@Nullable YamlNode node) {
    List<Map<String, String>> list = new ArrayList<>();
    for (YamlNode element : elements(node, "list")) {
      list.add(settings.settings(element, "an element of list"));
    }
    return node == null ? List.of(Map.of()) : list;
  }

  private List<SweepFile.Exclusion> exclusions(@Nullable YamlNode node) {
    List<SweepFile.Exclusion> exclusions = new ArrayList<>();
    for (YamlNode element : elements(node, "exclude")) {
      Map<String, String> excluded = settings.settings(element, "an element of exclude");
      exclusions.add(new SweepFile.Exclusion(element.line(), excluded));
      if (element instanceof YamlNode.Mapping map && map.entries().isEmpty()) {
        problems.add(element.line(), "exclude: {} would exclude every cell; give a setting");
      }
    }
    return exclusions;
  }

  private List<YamlNode> elements(@Nullable YamlNode node, String section) {
    if (node == null) {
      return List.of();
    }
    if (node instanceof YamlNode.Sequence list && !list.elements().isEmpty()) {
      return list.elements();
    }
    problems.add(
        node.line(),
        section + " is no list of maps; write each as '- {quantizer: none, epochs: 2}'");
    return List.of();
  }

  private String name(@Nullable YamlNode node) {
    if (node == null) {
      return "";
    }
    if (node instanceof YamlNode.Text text && !text.text().isBlank()) {
      new NameTemplate(text.text()).check(problems, node.line());
      return text.text();
    }
    problems.add(node.line(), "name is no text; write it as '{quantizer}-{seed}', in quotes");
    return "";
  }

  /** What stands in two places would be taken from one of them, and nobody could say from which. */
  private void checkOnce(
      Map<String, YamlNode.Entry> sections,
      Map<String, List<String>> grid,
      List<Map<String, String>> list,
      List<String> seeds) {
    Map<String, String> places = new LinkedHashMap<>();
    grid.keySet().forEach(key -> places.put(key, "grid"));
    if (!seeds.isEmpty()) {
      twice(sections, places, RunSettings.SEED.name(), "seeds");
      places.put(RunSettings.SEED.name(), "seeds");
    }
    list.stream()
        .flatMap(each -> each.keySet().stream())
        .distinct()
        .forEach(key -> twice(sections, places, key, "list"));
  }

  private void twice(
      Map<String, YamlNode.Entry> sections, Map<String, String> places, String key, String place) {
    String earlier = places.get(key);
    YamlNode.Entry section = sections.get(place);
    if (earlier != null && section != null) {
      problems.add(
          section.line(),
          MessageText.quoted(key) + " stands in " + earlier + " and in " + place + "; choose one");
    }
  }
}
