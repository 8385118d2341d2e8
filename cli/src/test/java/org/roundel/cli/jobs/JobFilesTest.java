package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.roundel.cli.error.ExitCodes;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files in {@code jobs/} say of the program, and by the rules of those who read them. */
class JobFilesTest {
  private static final Path FILES = Path.of("src", "dist", "jobs");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What would fail once more, however often it starts. */
  private static final List<Integer> NEVER =
      List.of(ExitCodes.USAGE, ExitCodes.CONFIGURATION, ExitCodes.PLUGIN, ExitCodes.DIVERGED);

  private static List<JsonNode> kubernetes() throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    List<JsonNode> objects = new ArrayList<>();
    for (Object one : yaml.loadAll(Files.readString(FILES.resolve("kubernetes.yaml")))) {
      objects.add(JSON.valueToTree(one));
    }
    return objects;
  }

  /**
   * The models of Kubernetes' own client are made from its published OpenAPI description: a field
   * that is not in it, or one that is missing, fails. This was version 1.33.
   */
  @Test
  void kubernetesKnowsEveryField() throws IOException {
    List<JsonNode> objects = kubernetes();
    assertThat(objects)
        .extracting(one -> one.get("kind").asText())
        .containsExactly("PersistentVolumeClaim", "Job");
    V1PersistentVolumeClaim.validateJsonElement(JsonParser.parseString(objects.get(0).toString()));
    String job = objects.get(1).toString();
    V1Job.validateJsonElement(JsonParser.parseString(job));
    String misspelt = job.replace("terminationGracePeriodSeconds", "terminationGraceSeconds");
    assertThatThrownBy(() -> V1Job.validateJsonElement(JsonParser.parseString(misspelt)))
        .hasMessageContaining("terminationGraceSeconds");
  }

  /** What no description of fields says, and the server checks all the same. */
  @Test
  void theJobIsOneThatKubernetesAccepts() throws IOException {
    JsonNode claim = kubernetes().get(0);
    JsonNode job = kubernetes().get(1).get("spec");
    JsonNode pod = job.get("template").get("spec");
    JsonNode container = pod.get("containers").get(0);
    assertThat(job.get("completionMode").asText()).isEqualTo("Indexed");
    assertThat(pod.get("restartPolicy").asText()).isEqualTo("Never");
    assertThat(job.get("podReplacementPolicy").asText()).isEqualTo("Failed");
    JsonNode codes = job.get("podFailurePolicy").get("rules").get(1).get("onExitCodes");
    assertThat(codes.get("containerName")).isEqualTo(container.get("name"));
    assertThat(JSON.convertValue(codes.get("values"), Integer[].class))
        .containsExactlyElementsOf(NEVER);
    assertThat(pod.get("volumes").get(0).get("persistentVolumeClaim").get("claimName"))
        .isEqualTo(claim.get("metadata").get("name"));
    assertThat(container.get("volumeMounts").findValuesAsText("name"))
        .containsExactlyElementsOf(pod.get("volumes").findValuesAsText("name"));
    for (String probe : List.of("startupProbe", "livenessProbe")) {
      JsonNode get = container.get(probe).get("httpGet");
      assertThat(get.get("path").asText()).isEqualTo("/metrics");
      assertThat(get.get("port")).isEqualTo(container.get("ports").get(0).get("name"));
    }
  }

  @Test
  void aServiceIsNotStartedAgainForWhatFailsAgain() throws IOException {
    List<String> unit = Files.readAllLines(FILES.resolve("roundel@.service"));
    assertThat(unit)
        .contains(
            "RestartPreventExitStatus="
                + String.join(" ", NEVER.stream().map(String::valueOf).toList()))
        .contains("SuccessExitStatus=129 130 143");
  }

  @Test
  void theImageHasTheProgramsVersion() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>([^<]*)</version>.*", "$1");
    assertThat(Files.readString(FILES.resolve("Dockerfile")))
        .contains("image.version=\"" + version + "\"");
    assertThat(Files.readString(FILES.resolve("kubernetes.yaml")))
        .contains("image: roundel:" + version + "\n");
  }

  /** A file that is not named on the page is found by nobody. */
  @Test
  void thePageNamesEveryFile() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "jobs.md"));
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> "jobs/" + file.getFileName()))
          .hasSize(5)
          .allSatisfy(file -> assertThat(page).contains(file));
    }
  }
}
