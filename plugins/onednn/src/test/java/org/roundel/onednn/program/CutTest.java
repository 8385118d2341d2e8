package org.roundel.onednn.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
  @ParameterizedTest
  @CsvSource({"2, 2", "2, 4", "2, 5", "2, 128", "3, 3", "3, 128", "8, 8", "32, 128", "48, 128"})
  void aBatchIsCutInAPartForEachThreadWhichAllHaveImages(int threads, long batch) {
    Cut cut = Cut.among(threads, batch);
    assertThat(cut.parts()).isEqualTo(threads);
    assertThat(cut.first(0)).isZero();
    assertThat(cut.first(threads)).isEqualTo(batch);
    long largest = 0;
    for (int part = 0; part < threads; part++) {
      long count = cut.first(part + 1) - cut.first(part);
      assertThat(count).isPositive();
      largest = Math.max(largest, count);
    }
    assertThat(largest * threads).isLessThanOrEqualTo(batch * 5 / 4);
  }

  @ParameterizedTest
  @CsvSource({"1, 128", "2, 1", "2, 3", "3, 4", "4, 3", "100, 128"})
  void aBatchOfWhichSomeThreadsWouldHaveMuchLessIsNot(int threads, long batch) {
    assertThat(Cut.among(threads, batch)).isEqualTo(Cut.WHOLE);
  }
}
