package org.roundel.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ParameterPlaceTest {
  private static Parameter parameter(String name, ParameterRole role) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, 1);
    return new Parameter(name, role, array, array);
  }

  @Test
  void layersAreCountedByTheirWeights() {
    List<ParameterPlace> places =
        ParameterPlace.of(
            List.of(
                parameter("norm/beta", ParameterRole.NORMALISATION),
                parameter("conv1/weight", ParameterRole.CONVOLUTION_WEIGHT),
                parameter("norm1/gamma", ParameterRole.NORMALISATION),
                parameter("linear/weight", ParameterRole.LINEAR_WEIGHT),
                parameter("linear/bias", ParameterRole.BIAS)));
    assertThat(places).extracting(ParameterPlace::layer).containsExactly(0, 0, 0, 1, 1);
    assertThat(places).extracting(ParameterPlace::layers).containsOnly(2);
    assertThat(places.get(3).ofLearned("step-size"))
        .isEqualTo(new ParameterPlace("linear/weight/step-size", ParameterRole.OTHER, 1, 2));
  }

  @Test
  void aNetWithoutWeightsHasOneLayer() {
    assertThat(ParameterPlace.of(List.of(parameter("shift", ParameterRole.OTHER))))
        .containsExactly(new ParameterPlace("shift", ParameterRole.OTHER, 0, 1));
  }
}
