package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.roundel.core.RoundelException;

class ManifestCheckTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path FILE = Path.of("manifest.json");

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text);
  }

  @Test
  void isTheSumOfTheRest() throws IOException {
    ObjectNode checked = ManifestCheck.with(json("{\"format\":2,\"a\":[1.50,\"b\"]}"));
    // printf '{"format":3,"a":[1.5,"b"]}' | sha256sum
    assertThat(checked.toString())
        .isEqualTo(
            "{\"format\":3,\"a\":[1.5,\"b\"],\"check\":"
                + "\"d4afd703418dcbf5bb4881636bbfeb550b560aefa3aa7df9c79ff4bc34c486f9\"}");
    ManifestCheck.require(FILE, checked);
    ManifestCheck.require(FILE, json(checked.toPrettyString()));
    assertThat(ManifestCheck.with(checked)).isEqualTo(checked);
  }

  @Test
  void aNumberThatIsNarrowInMemoryIsReadBackAsItWas() throws IOException {
    ObjectNode narrow = JSON.createObjectNode().put("a", 0.1f).put("b", (short) 7);
    ManifestCheck.require(FILE, json(ManifestCheck.with(narrow).toString()));
  }

  @Test
  void whatIsAlteredIsRefused() throws IOException {
    String whole = ManifestCheck.with(json("{\"format\":3,\"a\":1}")).toString();
    for (String altered :
        new String[] {
          whole.replace("\"a\":1", "\"a\":2"),
          whole.replace("\"a\":1", "\"a\":1,\"b\":1"),
          whole.replace("\"a\":1", "\"a\":null"),
          whole.replaceFirst(",\"check.*", "}")
        }) {
      assertThatThrownBy(() -> ManifestCheck.require(FILE, json(altered)))
          .isInstanceOf(RoundelException.class)
          .hasMessage(
              "manifest.json was altered: it is not what its check was made of. Restore the file as"
                  + " the run wrote it, from a copy; for another run with other settings, copy the"
                  + " run's config.yaml and give it to 'roundel train --config FILE'");
    }
  }

  @Test
  void earlierFormatsHaveNone() throws IOException {
    ManifestCheck.require(FILE, json("{\"format\":2}"));
    ManifestCheck.require(FILE, json("{\"format\":1}"));
    ManifestCheck.require(FILE, json("{}"));
  }
}
