package org.roundel.cli.command.component;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.roundel.api.Option;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.failure.PluginFailure;

/** Components as JSON. */
final class ComponentJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ComponentJson() {}

  /**
   * Returns one object for what is listed, on lines of their own, with a line's end.
   *
   * @param failures the plugins that could not be loaded
   */
  static String list(
      List<ComponentDescriptor> components, OwnPlugins own, List<PluginFailure> failures) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("components");
    components.forEach(component -> put(all.addObject(), component, own));
    ArrayNode failed = root.putArray("failed_plugins");
    failures.forEach(failure -> failed.add(failure.message()));
    return root.toPrettyString() + "\n";
  }

  /** Returns one object for what is described; a name may be of several kinds. */
  static String describe(List<ComponentDescriptor> components, OwnPlugins own) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("components");
    for (ComponentDescriptor component : components) {
      ObjectNode node = all.addObject();
      put(node, component, own);
      options(node.putArray("name_options"), component.nameOptions());
      options(node.putArray("options"), component.options());
    }
    return root.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, ComponentDescriptor component, OwnPlugins own) {
    node.put("kind", component.kind().word())
        .put("name", component.displayName())
        .put("example", component.exampleName())
        .put("description", component.description())
        .put("version", component.plugin().version())
        .put("jar", ListCommand.jar(component.plugin()))
        .put("added", own.isAdded(component.plugin()));
  }

  private static void options(ArrayNode array, List<? extends Option<?>> options) {
    for (Option<?> option : options) {
      array
          .addObject()
          .put("name", option.name())
          .put("type", option.type())
          .put("range", option.range())
          .put("default", option.defaultText())
          .put("help", option.help());
    }
  }
}
