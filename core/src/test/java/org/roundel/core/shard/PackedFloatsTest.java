package org.roundel.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedFloatsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 64, 1001})
  void twoValuesTakeOneBitEach(int length) {
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = index % 3 == 1 ? -0.25f : 0.25f;
    }

    assertThat(bytes(values)).hasSize(9 + (length + 7) / 8);
    assertThat(travelled(values)).isEqualTo(bits(values));
  }

  @Test
  void allElseTravelsAsItIs() {
    float[] three = {1, -1, 1, 0.5f};
    assertThat(bytes(three)).hasSize(17);
    assertThat(travelled(three)).isEqualTo(bits(three));
  }

  /** Two zeros are two values, and one that is no number keeps its bits. */
  @Test
  void bitsAreCompared() {
    float strange = Float.intBitsToFloat(0x7fc01234);
    for (float[] values :
        new float[][] {{0f, -0f, 0f}, {strange, strange}, {Float.NaN, strange, 1}, {-0f}}) {
      assertThat(travelled(values)).isEqualTo(bits(values));
    }
  }

  /** As of another version, or where the bytes before were not read to their end. */
  @Test
  void aFormThatIsUnknownIsRefused() {
    byte[] bytes = bytes(1, -1, 1);
    bytes[0] = 7;
    assertThatThrownBy(
            () -> PackedFloats.read(ByteBuffer.wrap(bytes), FloatBuffer.wrap(new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an array of form 7; known are 0, elements, and 1, bits");
  }

  private static byte[] bytes(float... values) {
    PackedFloats packed = new PackedFloats(FloatBuffer.wrap(values));
    byte[] bytes = new byte[packed.size()];
    packed.write(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private static int[] travelled(float... values) {
    float[] read = new float[values.length];
    ByteBuffer bytes = ByteBuffer.wrap(bytes(values));
    PackedFloats.read(bytes, FloatBuffer.wrap(read));
    assertThat(bytes.hasRemaining()).isFalse();
    return bits(read);
  }

  private static int[] bits(float... values) {
    int[] bits = new int[values.length];
    for (int index = 0; index < values.length; index++) {
      bits[index] = Float.floatToRawIntBits(values[index]);
    }
    return bits;
  }
}
