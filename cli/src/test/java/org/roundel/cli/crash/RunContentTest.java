package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunContentTest {
  private static final String MANIFEST =
      "{\"format\":3,\"run\":\"a\",\"configuration\":{\"epochs\":4},\"dataset-sha256\":\"4ff7\","
          + "\"sessions\":[{\"started\":\"2026-11-28T07:09:19.780Z\"}],\"check\":\"0f\"}";

  @TempDir private Path directory;

  private Map<String, String> content(String manifest) throws IOException {
    Files.writeString(directory.resolve("manifest.json"), manifest);
    return RunContent.of(directory);
  }

  @Test
  void manifestsOfOneConfigurationAreTheSameHoweverOftenTheRunWasStarted() throws IOException {
    String other =
        MANIFEST
            .replace("\"run\":\"a\"", "\"run\":\"b\"")
            .replace("}],", "},{\"started\":\"2026-11-29T07:09:19.780Z\"}],")
            .replace("\"0f\"", "\"1e\"");
    assertThat(content(other)).isEqualTo(content(MANIFEST));
  }

  @Test
  void anythingElseInAManifestIsADifference() throws IOException {
    Map<String, String> expected = content(MANIFEST);
    for (String altered :
        new String[] {
          MANIFEST.replace("\"epochs\":4", "\"epochs\":5"),
          MANIFEST.replace("4ff7", "4ff8"),
          MANIFEST.replace(",\"sessions\"", ",\"changes\":[],\"sessions\"")
        }) {
      assertThat(RunContent.differences(expected, content(altered)))
          .containsExactly("manifest.json");
    }
  }
}
