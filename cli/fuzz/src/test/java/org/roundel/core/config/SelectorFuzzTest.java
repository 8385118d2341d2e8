package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;

class SelectorFuzzTest {
  private final Hostile reader =
      Hostile.reader("pattern of names", 1 << 20, 100, RoundelException.class);
  private final List<Parameter> parameters =
      Stream.of(
              "stage1-block1-conv1/weight",
              "stage1-block1-conv2/weight",
              "fc/weight",
              "fc/bias",
              "a",
              "aaaaaaaaaaaaaaaaaaaaaaab")
          .map(
              name ->
                  new Parameter(name, ParameterRole.LINEAR_WEIGHT, Nd4j.zeros(1), Nd4j.zeros(1)))
          .toList();

  @FuzzTest
  void select(byte[] input) {
    String pattern = new String(input, StandardCharsets.UTF_8);
    AtomicReference<boolean[]> read = new AtomicReference<>();
    reader.read(input.length, () -> read.set(ParameterSelector.of(pattern).select(parameters)));
    boolean[] selected = read.get();
    if (selected == null) {
      return;
    }
    assertThat(selected).hasSize(parameters.size());
    if (pattern.length() < 12 && !ParameterSelector.NAMED.contains(pattern)) {
      // Stars in a row mean one, and the definition tries every way to share out a name among them.
      String shorter = pattern.replaceAll("\\*+", "*");
      for (int index = 0; index < selected.length; index++) {
        assertThat(selected[index])
            .as(pattern)
            .isEqualTo(matches(shorter, parameters.get(index).name()));
      }
    }
  }

  /** The definition of a pattern, which takes for ever where there are many stars. */
  private static boolean matches(String pattern, String name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return matches(pattern.substring(1), name)
          || (!name.isEmpty() && matches(pattern, name.substring(1)));
    }
    return !name.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == name.charAt(0))
        && matches(pattern.substring(1), name.substring(1));
  }
}
