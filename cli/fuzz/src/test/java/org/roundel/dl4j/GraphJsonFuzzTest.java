package org.roundel.dl4j;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;

class GraphJsonFuzzTest {
  private final Hostile reader =
      Hostile.reader("net of DL4J, JSON", 1 << 25, 5000, InvalidInputException.class);

  @DictionaryEntries({
    "\"vertices\":{",
    "\"vertexInputs\":{",
    "\"networkInputs\":[",
    "\"networkOutputs\":[",
    "\"confs\":[",
    "\"@class\":\"org.deeplearning4j.nn.conf.layers.DenseLayer\"",
    "\"@class\":\"org.deeplearning4j.nn.conf.graph.LayerVertex\""
  })
  @FuzzTest
  void parse(byte[] input) {
    String json = new String(input, StandardCharsets.UTF_8);
    reader.read(input.length, () -> GraphJson.parse("net.json", json));
  }
}
