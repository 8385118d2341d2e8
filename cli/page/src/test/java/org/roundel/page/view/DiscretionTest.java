package org.roundel.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretionTest {
  private final Discretion discretion = new Discretion("/home/al");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
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
        "dätä/runs/x | dätä/runs/x",
        "--data-dir=/srv//secret/dir/x | --data-dir=…/x",
        "file:///srv/secret/dir/x | file:…/x",
        "file://localhost/srv/secret/x | file:…/x",
        "hdfs://name/runs/x | hdfs://name/runs/x",
        "/srv/o'brien/secret/x | …/x",
        "'/srv/o'\\''brien/secret/x' | '…/x'",
        "/srv/a<b/c>/d\"e/x | …/x",
        "'/srv/a/b','/srv/c/d' | '…/b','…/d'",
        "~/runs/x of @/srv/runs/x | ~…/x of @…/x",
        "https://o'brien:a@b\"c@host/x | https://…@host/x",
        "/home/al/clients/acme/runs/x | …/x",
        "in /home/al/x | in …/x",
        "in /home/al | in …",
        "'/home/al', /home/al. | '…', ….",
        "/home/al-shared/private/x | …/x",
        "/home/al'brien/private/x | …/x",
        "/home/al'\\''brien/private/x | …/x",
        "/home/al+x/private/x | …/x",
        "/home/al.old/x | …/x",
        "/srv/home/al/private/x | …/x",
        "runs/home/al/x | runs/home/al/x",
      })
  void leavesOutWhereFilesLie(String text, String told) {
    assertThat(discretion.of(text)).isEqualTo(told);
  }

  @Test
  void aHomeMayHaveBlanksInItsName() {
    Discretion spacious = new Discretion("/home/al smith");
    assertThat(spacious.of("in /home/al smith/clients/x, /home/al smith")).isEqualTo("in …/x, …");
    assertThat(new Discretion("?").of("why?/srv/runs/x")).isEqualTo("why?…/x");
  }

  /** None takes a stack that is as deep as a name is long, or the square of the time. */
  @Test
  void namesMayBeLong() {
    assertThat(discretion.of("/" + "o'x".repeat(20_000) + "/y")).isEqualTo("…/y");
    String open = "/" + "o'x".repeat(20_000);
    assertThat(discretion.of(open)).isEqualTo(open);
  }

  @Test
  void leavesOutTheHomeOfThisUser() {
    String home = System.getProperty("user.home");
    assertThat(new Discretion().of("in " + home + "/runs/x")).isEqualTo("in …/x");
  }

  @Test
  void looksIntoListsAndObjects() throws IOException {
    JsonMapper json = new JsonMapper();
    assertThat(discretion.of(json.readTree("{\"a\":[{\"b\":\"/srv/runs/x\"},1,null,true]}")))
        .isEqualTo(json.readTree("{\"a\":[{\"b\":\"…/x\"},1,null,true]}"));
  }
}
