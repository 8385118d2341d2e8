package org.roundel.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretionTest {
  private final Discretion discretion = new Discretion();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/srv/runs/x/config.yaml is damaged | …/config.yaml is damaged",
        "roundel train '--run-dir=/srv/runs/x' --set data-dir=/mnt/a/b | roundel train '--run-dir=…/x' --set data-dir=…/b",
        "\"C:\\Users\\somebody\\runs\\x\" | \"…/x\"",
        "//host/share/x | …/x",
        "file:/srv/runs/x | file:…/x",
        "http://host/metrics/a/b | http://host/metrics/a/b",
        "--metrics-otlp=https://me:secret@host:4318/v1 | --metrics-otlp=https://…@host:4318/v1",
        "epoch 1/2 of stage1-block1-conv1/weight | epoch 1/2 of stage1-block1-conv1/weight",
        "../runs/x | ../runs/x",
      })
  void leavesOutWhereFilesLie(String text, String told) {
    assertThat(discretion.of(text)).isEqualTo(told);
  }

  @Test
  void leavesOutTheHomeWhateverItsName() {
    String home = System.getProperty("user.home");
    assertThat(discretion.of("in " + home + "/runs/x")).doesNotContain(home).endsWith("/x");
  }

  @Test
  void looksIntoListsAndObjects() throws IOException {
    JsonMapper json = new JsonMapper();
    assertThat(discretion.of(json.readTree("{\"a\":[{\"b\":\"/srv/runs/x\"},1,null,true]}")))
        .isEqualTo(json.readTree("{\"a\":[{\"b\":\"…/x\"},1,null,true]}"));
  }
}
