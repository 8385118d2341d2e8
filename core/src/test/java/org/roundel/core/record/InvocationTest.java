package org.roundel.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
  @Test
  void leavesOutWhatGivesAccessToAnAddress() {
    assertThat(new Invocation(List.of("--url=https://me:p@ss'w@host/x", "https://host/a@b", "a@b")))
        .isEqualTo(new Invocation(List.of("--url=https://…@host/x", "https://host/a@b", "a@b")));
    List<String> withKeys = List.of("--url=http://h/v1?key=s3cret&a=b", "http://h?k?l", "a?b");
    assertThat(new Invocation(withKeys).command())
        .containsExactly("--url=http://h/v1?…", "http://h?…", "a?b");
  }
}
