package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checkpoints whose whole content follows from one number. */
final class Checkpoints {
  private static final int WEIGHTS = 20_000;
  private static final int SIGNS = 7;

  private Checkpoints() {}

  static long write(CheckpointStore store, int step, int content, boolean best) {
    float[] weights = new float[WEIGHTS];
    Arrays.fill(weights, content);
    byte[] signs = new byte[SIGNS];
    Arrays.fill(signs, (byte) content);
    ObjectNode state = JsonNodeFactory.instance.objectNode().put("content", content);
    return store.write(
        CheckpointStore.stepName(step),
        state,
        List.of(NamedTensor.floats("conv/weight", FloatBuffer.wrap(weights), WEIGHTS)),
        Map.of("step", Integer.toString(step)),
        List.of(NamedTensor.bytes("signs", ElementType.I8, ByteBuffer.wrap(signs), SIGNS)),
        best);
  }

  /** Returns the number, after asserting that every part of the checkpoint belongs to it. */
  static int content(Checkpoint checkpoint) {
    int content = checkpoint.state().path("content").intValue();
    FloatBuffer weights = FloatBuffer.allocate(WEIGHTS);
    checkpoint.weights().readFloats("conv/weight", weights);
    float[] expected = new float[WEIGHTS];
    Arrays.fill(expected, content);
    assertThat(weights.array()).isEqualTo(expected);
    assertThat(checkpoint.training().readBytes("signs")).containsOnly(content);
    assertThat(checkpoint.weights().metadata()).containsOnlyKeys("step");
    return content;
  }
}
