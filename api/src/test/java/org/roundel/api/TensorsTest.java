package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorsTest {
  private final INDArray flat = Nd4j.arange(100).castTo(DataType.FLOAT);

  @Test
  void aViewOfAViewStartsAtItsOwnFirstElement() {
    INDArray view = flat.get(NDArrayIndex.interval(10, 70));
    INDArray inner = view.get(NDArrayIndex.interval(5, 29)).reshape('c', 2, 3, 4);

    FloatBuffer floats = Tensors.floats(inner);

    assertThat(floats.remaining()).isEqualTo(24);
    assertThat(floats.get(0)).isEqualTo(15f);
    assertThat(floats.get(23)).isEqualTo(38f);
  }

  @Test
  void writingTheBufferWritesTheArrayAndTheOtherWayRound() {
    INDArray view = flat.get(NDArrayIndex.interval(40, 44));
    FloatBuffer floats = Tensors.floats(view);

    floats.put(1, -7f);
    flat.putScalar(42, 9f);

    assertThat(flat.getFloat(41)).isEqualTo(-7f);
    assertThat(floats.get(2)).isEqualTo(9f);
  }

  @Test
  void anFOrderMatrixSeenTransposedIsDense() {
    INDArray matrix = flat.get(NDArrayIndex.interval(10, 16)).reshape('f', 2, 3).transpose();
    assertThat(Tensors.floats(matrix).get(0)).isEqualTo(10f);
    assertThat(matrix.getFloat(0, 1)).isEqualTo(Tensors.floats(matrix).get(1));
  }

  /** ND4J frees an array's memory once the array is collected; the buffer must not outlive it. */
  @Test
  void aBufferKeepsItsArrayAndLetsGoOfItInTheEnd() throws InterruptedException {
    INDArray array = Nd4j.createFromArray(1f, 2f, 3f, 4f);
    WeakReference<INDArray> seen = new WeakReference<>(array);
    FloatBuffer part = Tensors.floats(array).slice(2, 2);
    array = null;

    for (int round = 0; round < 5; round++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(seen.get()).as("the array of a slice that is in use").isNotNull();
    assertThat(part.get(1)).isEqualTo(4f);

    part = null;
    for (int round = 0; round < 500 && seen.get() != null; round++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(seen.get()).as("the array of a buffer that is gone").isNull();
  }

  @Test
  void refusesGapsAndOtherTypes() {
    INDArray columns =
        Nd4j.create(DataType.FLOAT, 4, 4).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2));
    assertThatThrownBy(() -> Tensors.floats(columns)).hasMessageContaining("not dense");
    assertThatThrownBy(() -> Tensors.floats(Nd4j.create(DataType.DOUBLE, 4)))
        .hasMessageContaining("DOUBLE");
  }
}
