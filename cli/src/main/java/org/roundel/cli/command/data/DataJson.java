package org.roundel.cli.command.data;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.FileCheck;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.ComponentDescriptor;

/** Datasets and their files as JSON. */
final class DataJson {
  private static final JsonMapper JSON = new JsonMapper();

  private DataJson() {}

  /** Returns one object for what is listed, on lines of their own, with a line's end. */
  static String list(List<ComponentDescriptor> datasets) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("datasets");
    for (ComponentDescriptor component : datasets) {
      DatasetFactory dataset = (DatasetFactory) component.factory();
      ObjectNode node = all.addObject();
      node.put("name", component.displayName())
          .put("description", component.description())
          .put("needs_directory", dataset.needsDirectory());
      if (dataset.needsDirectory()) {
        Path directory = DataDirectory.usual(component.name());
        node.put("usual_directory", directory.toString())
            .put("is_there", Files.isDirectory(directory));
      }
      ArrayNode downloads = node.putArray("downloads");
      for (Download download : dataset.downloads()) {
        downloads
            .addObject()
            .put("address", download.address().toString())
            .put("file", download.fileName())
            .put("algorithm", download.algorithm())
            .put("checksum", download.checksum());
      }
    }
    return root.toPrettyString() + "\n";
  }

  /** Returns one object for what was checked. */
  static String verify(DataOptions data, List<FileCheck> checks) {
    ObjectNode root = JSON.createObjectNode();
    root.put("dataset", data.name()).put("directory", data.directory().toString());
    ArrayNode files = root.putArray("files");
    for (FileCheck check : checks) {
      files
          .addObject()
          .put("file", check.file())
          .put("files", check.files())
          .put("finding", check.finding().name().toLowerCase(Locale.ROOT))
          .put("detail", check.detail());
    }
    return root.toPrettyString() + "\n";
  }
}
