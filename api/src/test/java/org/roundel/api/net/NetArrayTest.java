package org.roundel.api.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetArrayTest {
  @Test
  void packsTheFirstNumberIntoTheLowestBits() {
    NetArray signs =
        NetArray.quantized(
            List.of(1, 10), Levels.of(-1, 1), new char[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 1});
    assertThat(signs.bits()).isEqualTo(1);
    assertThat(signs.bytes()).isEqualTo(2);
    assertThat(signs.packed()).containsExactly((byte) 0x81, (byte) 0x02);
    NetArray pairs = NetArray.quantized(List.of(3), Levels.of(-1, 0, 1), new char[] {2, 0, 1});
    assertThat(pairs.packed()).containsExactly((byte) 0b01_00_10);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 4", "16, 4", "17, 8", "256, 8", "257, 16"})
  void comesBackFromItsBytes(int levels, int bits) {
    int[] multiples = new int[levels];
    char[] indices = new char[3 * 7];
    for (int index = 0; index < levels; index++) {
      multiples[index] = index - 3;
    }
    for (int element = 0; element < indices.length; element++) {
      indices[element] = (char) (element * 31 % levels);
    }
    Levels grid = Levels.scaled(multiples, 5, 0.1f, 0.2f, 0.3f);
    NetArray array = NetArray.quantized(List.of(3, 7), grid, indices);
    assertThat(array.bits()).isEqualTo(bits);
    assertThat(array.packed()).hasSize((int) array.bytes());
    assertThat(NetArray.unpacked(List.of(3, 7), grid, array.packed())).isEqualTo(array);
    assertThat(array.values()[7]).isEqualTo(grid.value(1, indices[7]));
  }

  @Test
  void valuesOfScaledLevelsAreRoundedOnceAndNeverMinusZero() {
    Levels levels = Levels.scaled(new int[] {-1, 0, 1, 7}, 7, 0.1f, 0);
    assertThat(levels.value(0, 2)).isEqualTo((float) ((double) 0.1f / 7));
    assertThat(levels.value(0, 3)).isEqualTo(0.1f);
    assertThat(Float.floatToRawIntBits(levels.value(1, 0))).isZero();
  }

  @Test
  void refusesBytesThatAreNotItsOwn() {
    Levels ternary = Levels.of(-1, 0, 1);
    assertThatThrownBy(() -> NetArray.unpacked(List.of(3), ternary, new byte[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 bytes for 3 numbers of 2 bits");
    assertThatThrownBy(() -> NetArray.unpacked(List.of(3), ternary, new byte[] {(byte) 0xC0}))
        .hasMessageContaining("bits behind the last number");
    assertThatThrownBy(() -> NetArray.unpacked(List.of(3), ternary, new byte[] {3}))
        .hasMessageContaining("index 3 of 3");
    assertThatThrownBy(
            () ->
                NetArray.quantized(List.of(3), Levels.scaled(new int[] {1}, 1, 1, 2), new char[3]))
        .hasMessageContaining("2 scales");
  }
}
