package org.roundel.inventory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A software bill of materials in the form of <a href="https://cyclonedx.org">CycloneDX</a> 1.6:
 * every JAR and native library with its hash, its licence and where it lies. It has no serial
 * number, so that two builds write the same bytes.
 */
final class BillOfMaterials {
  private static final String OWN_LICENCE = "Apache-2.0";

  private final String version;
  private final ObjectNode root = new ObjectMapper().createObjectNode();
  private final ArrayNode components;

  BillOfMaterials(String version, String timestamp) {
    this.version = version;
    root.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
    root.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    ObjectNode metadata = root.putObject("metadata").put("timestamp", timestamp);
    ObjectNode program = metadata.putObject("component");
    program.put("type", "application").put("bom-ref", "roundel").put("group", "org.roundel");
    program.put("name", "roundel").put("version", version);
    licence(program, OWN_LICENCE);
    components = root.putArray("components");
  }

  /** Adds Roundel's own JARs; two of one name and of the same bytes lie in two places. */
  BillOfMaterials own(Map<String, List<String>> placesByHash) {
    placesByHash.forEach(
        (sha256, places) -> {
          String name =
              Distribution.fileName(places.get(0))
                  .replaceFirst("(-" + version.replace(".", "\\.") + ")?\\.jar$", "");
          ObjectNode component =
              add("library", "org.roundel:" + places.get(0), name, sha256, places);
          component.put("group", "org.roundel").put("version", version);
          component.put("purl", "pkg:maven/org.roundel/" + name + "@" + version + "?type=jar");
          licence(component, OWN_LICENCE);
        });
    return this;
  }

  /** Adds the JARs of others; of those with native libraries the files lie in native/. */
  BillOfMaterials others(Map<Dependency, List<String>> placesOf) {
    placesOf.forEach(
        (dependency, places) -> {
          String reference = dependency.packageUrl();
          ObjectNode component =
              add("library", reference, dependency.artifact(), dependency.sha256(), places);
          component.put("group", dependency.group()).put("version", dependency.version());
          component.put("purl", dependency.packageUrl());
          if (!dependency.copyright().isEmpty()) {
            component.put("copyright", dependency.copyright());
          }
          licence(component, dependency.licence());
        });
    return this;
  }

  /** Adds the native libraries. */
  BillOfMaterials natives(Map<String, String> hashes, Map<String, NativeKind> kinds) {
    kinds.forEach(
        (file, kind) -> {
          String sha256 = String.valueOf(hashes.get(file));
          ObjectNode component = add("file", file, file, sha256, List.of(file));
          component.put("description", kind.what());
          licence(component, kind.licence());
        });
    return this;
  }

  private ObjectNode add(
      String type, String reference, String name, String sha256, List<String> places) {
    ObjectNode component = components.addObject();
    component.put("type", type).put("bom-ref", reference).put("name", name);
    component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256);
    ArrayNode occurrences = component.putObject("evidence").putArray("occurrences");
    places.forEach(place -> occurrences.addObject().put("location", place));
    return component;
  }

  private static void licence(ObjectNode component, String expression) {
    ObjectNode choice = component.putArray("licenses").addObject();
    if (expression.startsWith("LicenseRef-")) {
      choice.putObject("license").put("name", expression.substring("LicenseRef-".length()));
    } else if (expression.contains(" ")) {
      choice.put("expression", expression);
    } else {
      choice.putObject("license").put("id", expression);
    }
  }

  @Override
  public String toString() {
    return root.toPrettyString().replace("\r\n", "\n") + "\n";
  }
}
